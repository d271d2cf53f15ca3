import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

/// Files from and for Hugging Face's `safetensors`, made and checked by Scripts/make-fixtures.py.
@Suite struct SafetensorsExchangeTests {
    private static let values: [Float] = [0, -1, 0.5, 3, -0.25, 100]

    @Test func `reads its files in every float format, unaligned headers and metadata too`() throws
    {
        let file = try SafetensorsFile(path: Fixture.path("safetensors/theirs.safetensors"))
        for (name, type) in [("F32", ElementType.float32), ("F16", .float16), ("BF16", .bfloat16)] {
            #expect(file.stored(name)?.type == type)
            #expect(file.stored(name)?.dimensions == [2, 3])
            #expect(try file.values(name) == Self.values)
        }
        #expect(file.stored("position_ids")?.type == .int64)
        #expect(file.stored("cube")?.dimensions == [1, 2, 3])
        #expect(file.stored("scalar")?.dimensions == [])
        #expect(try file.values("scalar") == [7])
        #expect(file.stored("empty")?.count == 0)
        #expect(try file.values("weight") == [127, -127, 0, 1, 2, 3].map { $0 * 0.5 })
    }

    /// The script reads `ours.safetensors` with their library, so that this file must stay the same.
    @Test func `writes the file that they were shown to read`() throws {
        var writer = SafetensorsWriter()
        let matrix = Tensor(Self.values, rows: 2, columns: 3)
        for type in [ElementType.float32, .float16, .bfloat16, .int8] {
            writer.add(type.rawValue, matrix, as: type)
        }
        writer.add("vector", Tensor(Self.values))
        let folder = TemporaryFolder()
        try writer.write(to: folder("ours.safetensors"), overwriting: false)
        let ours = try bytes(folder("ours.safetensors"))
        #expect(try ours == bytes(Fixture.path("safetensors/ours.safetensors")))
    }
}
