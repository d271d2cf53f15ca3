import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels
import Testing

@Suite struct SafetensorsAttackTests {
    @Test(arguments: SafetensorsAttack.all)
    func `are refused with the place`(_ attack: SafetensorsAttack) throws {
        let error = try #require(throws: OfframpError.self) { try attack.file.open() }
        #expect(error.kind == .data)
        #expect(error.description.contains("model.safetensors"))
        #expect(error.description.contains(attack.saying), "\(error)")
    }

    @Test func `by truncation at any byte are refused`() throws {
        let entries = [entry("a", "F32", "[3]", "0", "12"), entry("b", "I8", "[2,3]", "12", "18")]
        let whole = SafetensorsBytes("{" + entries.joined(separator: ",") + "}", data: 18)
        #expect(throws: Never.self) { try whole.open() }
        for count in whole.bytes.indices {
            let error = #expect(throws: OfframpError.self) {
                try SafetensorsBytes(bytes: whole.bytes, upTo: count).open()
            }
            #expect(error?.kind == .data, "\(count) bytes")
        }
    }

    @Test func `by a byte too many are refused`() {
        let header = "{\(entry("a", "F32", "[3]", "0", "12"))}"
        #expect(throws: OfframpError.self) { try SafetensorsBytes(header, data: 13).open() }
    }

    @Test(arguments: [
        ("F32", [UInt8(0), 0, 0xC0, 0x7F]), ("F32", [0, 0, 0x80, 0xFF]), ("F16", [0, 0x7E]),
        ("F16", [0, 0xFC]), ("BF16", [0xC0, 0x7F]), ("BF16", [0x80, 0x7F]),
    ])
    func `by NaN and infinity are refused with the tensor's name`(_ type: String, _ bytes: [UInt8])
        throws
    {
        let header = "{\(entry("w", type, "[2]", "0", "\(2 * bytes.count)"))}"
        let data = [UInt8](repeating: 0, count: bytes.count) + bytes
        let file = try SafetensorsBytes(Array(header.utf8), data: data).open()
        let error = try #require(throws: OfframpError.self) { try file.values("w") }
        #expect(error.description.contains("tensor \"w\""))
        #expect(error.description.contains("at element 1"))
    }

    @Test(arguments: [
        ("[2,2]", ""),
        ("[4]", entry("w.scale", "F32", "[4]", "4", "20")),
        ("[2,2]", entry("w.scale", "F32", "[1]", "4", "8")),
        ("[2,2]", entry("w.scale", "F32", "[3]", "4", "16")),
        ("[2,2]", entry("w.scale", "I8", "[8]", "4", "12")),
        ("[2,2]", entry("w.scale", "I64", "[1]", "4", "12")),
    ])
    func `by scales that do not fit are refused with the tensor's name`(
        _ shape: String, _ scale: String
    ) throws {
        let codes = entry("w", "I8", shape, "0", "4")
        let header = "{" + [codes, scale].filter { !$0.isEmpty }.joined(separator: ",") + "}"
        let size = scale.isEmpty ? 4 : Int(scale.dropLast(2).split(separator: ",").last ?? "") ?? 0
        let file = try SafetensorsBytes(header, data: size).open()
        let error = try #require(throws: OfframpError.self) { try file.values("w") }
        #expect(error.description.contains("tensor \"w\""))
    }

    @Test(arguments: [
        Float.nan, .infinity, -.infinity,
    ])
    func `by scales that are not finite are refused`(_ scale: Float) throws {
        let header =
            "{\(entry("w", "I8", "[1,2]", "0", "2")),\(entry("w.scale", "F32", "[1]", "2", "6"))}"
        let scaleBytes = withUnsafeBytes(of: scale.bitPattern.littleEndian) { Array($0) }
        let file = try SafetensorsBytes(Array(header.utf8), data: [0, 0] + scaleBytes).open()
        #expect(throws: OfframpError.self) { try file.stored("w")?.scales() }
        #expect(throws: OfframpError.self) { try file.values("w") }
    }

    @Test(arguments: ["I64", "U64", "C64"])
    func `by other numbers in place of floats are refused`(_ type: String) throws {
        let file = try SafetensorsBytes("{\(entry("w", type, "[1]", "0", "8"))}", data: 8).open()
        let error = try #require(throws: OfframpError.self) { try file.values("w") }
        #expect(error.found == "dtype \(type)")
    }

    @Test(arguments: ["none", ""])
    func `by a missing file or a folder are refused as no input`(_ name: String) throws {
        let folder = TemporaryFolder()
        let error = try #require(throws: OfframpError.self) {
            try SafetensorsFile(path: folder(name))
        }
        #expect(error.kind == .noInput)
    }
}
