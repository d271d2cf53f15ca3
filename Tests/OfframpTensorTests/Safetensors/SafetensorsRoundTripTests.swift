import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

@Suite struct SafetensorsRoundTripTests {
    private let folder = TemporaryFolder()

    private func written(
        _ tensors: [(String, Tensor)], as type: ElementType = .float32
    ) throws -> SafetensorsFile {
        var writer = SafetensorsWriter()
        for (name, tensor) in tensors { writer.add(name, tensor, as: type) }
        try writer.write(to: folder("model.safetensors"), overwriting: true)
        return try SafetensorsFile(path: folder("model.safetensors"))
    }

    /// A value, and what the half formats make of it by IEEE 754's rounding.
    private static let numbers: [(value: Float, half: Float, brain: Float)] = [
        (0, 0, 0), (-0.0, -0.0, -0.0), (1, 1, 1), (-2.5, -2.5, -2.5), (65504, 65504, 65536),
        (0x1p-24, 0x1p-24, 0x1p-24), (0x1p-26, 0, 0x1p-26), (1 + 0x1p-11, 1, 1),
        (1 + 0x3p-11, 1 + 0x1p-9, 1), (1 + 0x1p-8, 1 + 0x1p-8, 1),
        (1 + 0x3p-8, 1 + 0x3p-8, 1.015625),
        (3.14159274, 3.140625, 3.140625),
    ]

    @Test func `keep every bit in F32`() throws {
        let values = Self.numbers.map(\.value) + [.leastNonzeroMagnitude, .greatestFiniteMagnitude]
        let file = try written([("w", Tensor(values))])
        #expect(try file.values("w").map(\.bitPattern) == values.map(\.bitPattern))
        #expect(file.stored("w")?.type == .float32)
        #expect(file.stored("w")?.dimensions == [values.count])
    }

    @Test func `are the same bytes in memory as in a file`() throws {
        var writer = SafetensorsWriter()
        writer.metadata = [("a", "text")]
        writer.add("w", Tensor(Self.numbers.map(\.value)), as: .float16)
        writer.add("n", [0, -1, .max])
        let content = try writer.bytes()
        try writer.write(to: folder("file.safetensors"), overwriting: false)
        #expect(try bytes(folder("file.safetensors")) == content)
        let read = try SafetensorsFile(content, named: "message")
        #expect(read.path == "message" && read.metadata["a"] == "text")
        #expect(try read.values("w") == Self.numbers.map(\.half))
        #expect(try read.stored("n")?.integers() == [0, -1, .max])
        let error = #expect(throws: OfframpError.self) { try read.stored("w")?.integers() }
        #expect(error?.description.contains("F16") == true)
    }

    @Test func `round to the nearest, ties to even, in the half formats`() throws {
        let tensor = Tensor(Self.numbers.map(\.value))
        let halves = try written([("w", tensor)], as: .float16).values("w")
        #expect(halves.map(\.bitPattern) == Self.numbers.map(\.half.bitPattern))
        let brains = try written([("w", tensor)], as: .bfloat16).values("w")
        #expect(brains.map(\.bitPattern) == Self.numbers.map(\.brain.bitPattern))
    }

    @Test func `change an I8 row by at most half a step of its own scale`() throws {
        var random = RandomSource(seed: 5)
        let gains: [Float] = [1, 1e-6, 3e4, 0, 0x1p-140]
        let values = gains.flatMap { gain in (0..<33).map { _ in gain * random.normal() } }
        let matrix = Tensor(values, rows: 5, columns: 33)
        let file = try written([("w", matrix)], as: .int8)
        let read = try file.values("w")
        let scales = try #require(try file.stored("w")?.scales())
        for (row, scale) in scales.enumerated() {
            let largest = matrix.row(row).map(abs).max() ?? 0
            #expect(scale == (largest > 1e-30 ? largest / 127 : 0))
            for column in 0..<33 {
                let difference = abs(read[row * 33 + column] - matrix.row(row)[column])
                #expect(difference <= max(0.5001 * scale, 1e-37))
            }
        }
    }

    @Test func `keep a vector as F32 where I8 is asked for`() throws {
        let file = try written([("bias", Tensor([0.1, 0.2]))], as: .int8)
        #expect(file.names == ["bias"])
        #expect(try file.values("bias") == [0.1, 0.2])
    }

    @Test func `give every tensor back under its name, the empty one too`() throws {
        let tensors: [(String, Tensor)] = [
            ("z", Tensor([1, 2, 3, 4, 5, 6], rows: 3, columns: 2)), ("a", Tensor([7])),
            ("none", Tensor([])), ("a \"quoted\" \\ näme\n\u{1F600}", Tensor([8, 9])),
        ]
        let file = try written(tensors)
        #expect(file.names == tensors.map(\.0).sorted())
        for (name, tensor) in tensors {
            #expect(try file.values(name) == tensor.values)
            #expect(file.stored(name)?.dimensions == tensor.shape.dimensions)
        }
        #expect(file.stored("other") == nil)
    }

    @Test func `hold a file without tensors`() throws {
        #expect(try written([]).names.isEmpty)
    }

    @Test func `start the data at a multiple of 64 and every tensor at one of its element's size`()
        throws
    {
        var writer = SafetensorsWriter()
        for (index, type) in [ElementType.int8, .bfloat16, .float32, .float16, .int8].enumerated() {
            let matrix = Tensor(.matrix(1, 2 * index + 1), repeating: 0.5)
            writer.add("w\(index)", matrix, as: type)
        }
        try writer.write(to: folder("model.safetensors"), overwriting: false)
        let bytes = try MappedFile(path: folder("model.safetensors")).withBytes { Array($0) }
        let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect((8 + length) % 64 == 0)
        let file = try SafetensorsFile(path: folder("model.safetensors"))
        for name in file.names {
            let stored = try #require(file.stored(name))
            let address = UInt(bitPattern: stored.bytes.baseAddress)
            #expect(address % UInt(stored.type.size) == 0, "\(name)")
        }
    }

    @Test(arguments: [
        (ElementType.float32, Float.nan), (.float32, .infinity), (.float16, 65520),
        (.bfloat16, .greatestFiniteMagnitude), (.int8, .nan), (.int8, -.infinity),
    ])
    func `are refused for numbers that the format does not hold, and leave the old file`(
        _ type: ElementType, _ value: Float
    ) throws {
        _ = try written([("old", Tensor([1]))])
        let error = try #require(throws: OfframpError.self) {
            try written([("w", Tensor([0, value], rows: 1, columns: 2))], as: type)
        }
        #expect(error.description.contains("tensor \"w\""))
        #expect(try SafetensorsFile(path: folder("model.safetensors")).names == ["old"])
    }

    @Test func `do not replace a file unasked`() throws {
        _ = try written([("old", Tensor([1]))])
        let error = try #require(throws: OfframpError.self) {
            try SafetensorsWriter().write(to: folder("model.safetensors"), overwriting: false)
        }
        #expect(error.kind == .usage)
        #expect(folder.names == ["model.safetensors"])
    }
}
