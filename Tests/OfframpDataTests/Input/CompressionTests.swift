import OfframpData
import OfframpFiles
import TestFiles
import Testing

/// `text,label`, `good,x` and `bad,y`, compressed by Python's gzip and by the zstd program.
@Suite struct CompressionTests {
    private let folder = TemporaryFolder()

    struct Packed: Sendable, CustomTestStringConvertible {
        let ending: String
        let bytes: [UInt8]
        var testDescription: String { ending }
    }

    static let packed = [
        // gzip.compress(text, mtime=0)
        Packed(
            ending: "gz",
            bytes: [
                31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 43, 73, 173, 40, 209, 201, 73, 76, 74, 205, 225,
                74,
                207, 207, 79, 209, 169, 224, 74, 74, 76, 209, 169, 228, 2, 0, 29, 163, 239, 21, 24,
                0,
                0, 0,
            ]),
        // zstd -c
        Packed(
            ending: "zst",
            bytes: [
                0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 0xC1, 0x00, 0x00, 0x74, 0x65, 0x78, 0x74, 0x2C,
                0x6C,
                0x61, 0x62, 0x65, 0x6C, 0x0A, 0x67, 0x6F, 0x6F, 0x64, 0x2C, 0x78, 0x0A, 0x62, 0x61,
                0x64,
                0x2C, 0x79, 0x0A, 0xF1, 0x00, 0x6E, 0x09,
            ]),
    ]

    private func texts(_ path: String, _ format: DataFormat? = nil) throws -> [String] {
        var reader = try RowReader(path: path, ReadingOptions(format: format))
        var texts: [String] = []
        while let row = try reader.next() { texts.append(try row.get().text) }
        return texts
    }

    @Test(arguments: packed) func `compressed files are read`(_ packed: Packed) throws {
        let named = folder.file("a.csv.\(packed.ending)", packed.bytes)
        #expect(try texts(named) == ["good", "bad"])
        #expect(try texts(folder.file("a.csv", packed.bytes)) == ["good", "bad"])
        let parts = folder.file("b.csv.\(packed.ending)", packed.bytes + packed.bytes)
        #expect(try texts(parts) == ["good", "bad", "text", "good", "bad"])
    }

    @Test(arguments: packed) func `endings count in capitals as well`(_ packed: Packed) throws {
        let ending = packed.ending.uppercased()
        #expect(try texts(folder.file("A.CSV.\(ending)", packed.bytes)) == ["good", "bad"])
        let output = folder("out.csv.\(ending)")
        let writer = try ResultWriter(
            path: output, overwriting: false, format: .csv, columns: ["text"])
        try writer.finish()
        #expect(try bytes(output).starts(with: packed.bytes.prefix(2)))
    }

    @Test func `zeros behind gzip are padding`() throws {
        let padding = [UInt8](repeating: 0, count: 2000)
        let path = folder.file("a.csv.gz", Self.packed[0].bytes + padding)
        #expect(try texts(path) == ["good", "bad"])
    }

    @Test(arguments: packed) func `every cut is noticed`(_ packed: Packed) {
        for length in packed.bytes.indices {
            let path = folder.file("a.csv.\(packed.ending)", Array(packed.bytes[..<length]))
            let error = failure { try texts(path) }
            #expect(error?.kind == .data && error?.place.hasPrefix(path) ?? false, "\(length)")
        }
    }

    @Test(arguments: packed) func `what is no compressed file, or damaged, is refused`(
        _ packed: Packed
    ) {
        let plain = folder.file("a.csv.\(packed.ending)", "text,label\na,x\n")
        #expect(failure { try texts(plain) }?.found.contains("damaged") ?? false)
        var bytes = packed.bytes
        bytes[bytes.count - 6] ^= 1
        let damaged = folder.file("b.csv.\(packed.ending)", bytes)
        #expect(failure { try texts(damaged) }?.kind == .data)
    }

    @Test(arguments: ["gz", "zst"]) func `rows before a cut are given first`(ending: String) throws
    {
        let path = folder("long.csv.\(ending)")
        var writer = try ResultWriter(
            path: path, overwriting: false, format: .csv, columns: ["text"])
        for line in 0..<100_000 {
            let row = Row(line: line, text: "", fields: [.init("text", .string("\(line * line)"))])
            try writer.write(row) { $0 == .label ? "x" : 1 }
        }
        try writer.finish()
        let bytes = try MappedFile(path: path).withBytes { Array($0) }
        #expect(bytes.count < 1_500_000)
        #expect(try texts(path).last == "\(99_999 * 99_999)")
        _ = folder.file("long.csv.\(ending)", Array(bytes[..<(bytes.count / 2)]))
        var reader = try RowReader(path: path)
        var count = 0
        let error = failure {
            while let row = try reader.next() {
                #expect(try row.get().text == "\(count * count)")
                count += 1
            }
        }
        #expect(count > 10_000)
        #expect(error?.place == "\(path):\(count + 2)")
    }
}
