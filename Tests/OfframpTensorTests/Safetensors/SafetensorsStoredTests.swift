import OfframpFiles
import OfframpTensor
import TestFiles
import Testing

@Suite struct SafetensorsStoredTests {
    private let folder = TemporaryFolder()
    private static let types = [ElementType.float32, .float16, .bfloat16, .int8]

    /// Rows of several sizes, one of zeros, and a vector.
    private static let tensors: [(String, Tensor)] = {
        var random = RandomSource(seed: 5)
        let gains: [Float] = [1, 1e-3, 300, 0] + Array(repeating: 1, count: 4000)
        let values = gains.flatMap { gain in (0..<9).map { _ in gain * random.normal() } }
        return [
            ("w", Tensor(values, rows: gains.count, columns: 9)),
            ("b", Tensor((0..<7).map { _ in random.normal() })),
        ]
    }()

    private func written(as type: ElementType) throws -> SafetensorsFile {
        var writer = SafetensorsWriter()
        for (name, tensor) in Self.tensors { writer.add(name, tensor, as: type) }
        return try opened(writer, "\(type).safetensors")
    }

    private func stored(_ file: SafetensorsFile, as type: ElementType) throws -> (
        file: SafetensorsFile, rounded: [Bool]
    ) {
        var writer = SafetensorsWriter()
        let rounded = try file.tensors.map { try writer.add($0, as: type) }
        return (try opened(writer, "stored-as-\(type).safetensors"), rounded)
    }

    private func opened(_ writer: SafetensorsWriter, _ name: String) throws -> SafetensorsFile {
        try writer.write(to: folder(name), overwriting: true)
        return try SafetensorsFile(path: folder(name))
    }

    private func bytes(_ file: SafetensorsFile) -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: file.names.map { ($0, bytes(file, $0)) })
    }

    private func bytes(_ file: SafetensorsFile, _ name: String) -> [UInt8] {
        file.stored(name).map { stored in withExtendedLifetime(stored) { Array(stored.bytes) } }
            ?? []
    }

    @Test(arguments: types)
    func `keep every byte in the type that they have`(type: ElementType) throws {
        let file = try written(as: type)
        let (again, rounded) = try stored(file, as: type)
        #expect(bytes(again) == bytes(file))
        #expect(again.tensors.map(\.type) == file.tensors.map(\.type))
        #expect(rounded == [false, false])
    }

    @Test(arguments: types)
    func `are what they would be if they had been written in the type at once`(type: ElementType)
        throws
    {
        let (converted, rounded) = try stored(written(as: .float32), as: type)
        #expect(bytes(converted) == bytes(try written(as: type)))
        let isVectorKept = type == .float32 || type == .int8
        #expect(rounded == [!isVectorKept, type != .float32])
    }

    @Test func `come from the half formats to F32 and back without a change`() throws {
        for type in [ElementType.float16, .bfloat16] {
            let file = try written(as: type)
            let (wide, rounded) = try stored(file, as: .float32)
            #expect(rounded == [false, false])
            #expect(bytes(try stored(wide, as: type).file) == bytes(file))
        }
    }

    /// The largest code is 127, so that the new scale is `(127 s) / 127`, rounded twice. Let s be an
    /// integer M of 24 bits times a power of two. 127 M is rounded to a multiple of 64, by at most
    /// 32, or of 128: to the row's largest number then, which is one, and at most 63 from 127 M, as
    /// M is its 127th part rounded. Either is less than 63.5 from 127 M, and divided gives M.
    @Test func `come from I8 to F32 and back without a change of codes or scales`() throws {
        let file = try written(as: .int8)
        let (wide, rounded) = try stored(file, as: .float32)
        #expect(rounded == [false, true])
        #expect(bytes(try stored(wide, as: .int8).file) == bytes(file))
    }

    @Test(arguments: types)
    func `stay whole numbers whatever is asked for`(type: ElementType) throws {
        let header = entry("position_ids", "I64", "[1,2]", "0", "16")
        let file = try SafetensorsBytes("{\(header)}", data: 16).open()
        let (again, rounded) = try stored(file, as: type)
        #expect(again.stored("position_ids")?.type == .int64)
        #expect(bytes(again, "position_ids") == Array(0..<16))
        #expect(rounded == [false])
    }

    @Test func `are refused under their names where a type cannot hold them`() throws {
        var writer = SafetensorsWriter()
        writer.add("w", Tensor([0, 65520], rows: 1, columns: 2))
        let file = try opened(writer, "large.safetensors")
        let error = failure { try stored(file, as: .float16) }
        #expect(error?.kind == .data && error?.place.contains("\"w\"") ?? false)
    }
}
