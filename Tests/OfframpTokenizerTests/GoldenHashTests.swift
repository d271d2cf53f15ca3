import Glibc
import OfframpFiles
import OfframpTokenizer
import TestFiles
import Testing

/// The hashes of many texts' encodings with one vocabulary in one casing mode.
struct GoldenHashes: Sendable, CustomTestStringConvertible {
    let vocabulary: String
    let mode: String
    let scalars: [String]
    let lines: [String]

    init(_ row: JSON) {
        vocabulary = row["vocabulary"]?.string ?? ""
        mode = row["mode"]?.string ?? ""
        scalars = row["scalars"]?.elements?.compactMap(\.string) ?? []
        lines = row["lines"]?.elements?.compactMap(\.string) ?? []
    }

    var testDescription: String { "\(vocabulary), \(mode)" }

    static let all = ((try? Fixture.rows("tokenizer/hashes.json")) ?? []).map(GoldenHashes.init)
    static let shipped = all.filter { $0.vocabulary == "uncased" }
    static let scalarBlock: UInt32 = 0x4000
    static let lineBlock = 2000

    func tokenizer() throws -> Tokenizer {
        let vocabulary =
            RealData.isAvailable
            ? try Vocabulary(file: RealData.path("vocab/bert-base-\(vocabulary)-vocab.txt"))
            : try Vocabulary.uncased.get()
        return Tokenizer(
            vocabulary: vocabulary, lowercases: mode == "lower", maximumLength: 1 << 20)
    }
}

/// FNV-1a over 32-bit words instead of bytes.
private struct WordHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ word: Int) { state = (state ^ UInt64(word)) &* 0x100_0000_01b3 }

    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

@Suite struct GoldenHashTests {
    @Test func `the file of hashes has every vocabulary in both modes`() {
        #expect(GoldenHashes.all.count == 8)
        #expect(GoldenHashes.shipped.map(\.mode) == ["lower", "cased"])
        #expect(GoldenHashes.all.allSatisfy { $0.lines.count == 25 })
    }

    @Test(arguments: RealData.isAvailable ? GoldenHashes.all : GoldenHashes.shipped)
    func `every scalar, alone and between letters, has Hugging Face's ids`(_ golden: GoldenHashes)
        throws
    {
        let tokenizer = try golden.tokenizer()
        #expect(golden.scalars.count == 68)
        for (block, expected) in golden.scalars.enumerated() {
            let first = UInt32(block) * GoldenHashes.scalarBlock
            var hash = WordHash()
            for scalar in (first..<first + GoldenHashes.scalarBlock).lazy.compactMap(
                Unicode.Scalar.init)
            {
                for text in ["\(scalar)", "a\(scalar)b"] {
                    for id in tokenizer.encode(text).ids { hash.add(Int(id)) }
                }
            }
            #expect(hash.text == expected, "scalars from U+\(String(first, radix: 16)) on")
        }
    }

    @Test(.enabled(if: RealData.isAvailable, RealData.reason), arguments: GoldenHashes.all)
    func `every line in 43 scripts has Hugging Face's ids and ranges`(_ golden: GoldenHashes) throws
    {
        let tokenizer = try golden.tokenizer()
        let lines = try Self.lines()
        #expect(lines.count == 48_012)
        for (block, expected) in golden.lines.enumerated() {
            let first = block * GoldenHashes.lineBlock
            var hash = WordHash()
            for line in lines[first..<min(first + GoldenHashes.lineBlock, lines.count)] {
                let encoding = tokenizer.encode(line, tracksRanges: true)
                for id in encoding.ids { hash.add(Int(id)) }
                for range in encoding.ranges ?? [] {
                    hash.add(range.lowerBound)
                    hash.add(range.upperBound)
                }
            }
            #expect(hash.text == expected, "lines from \(first + 1) on")
        }
    }

    /// The third column of the file, as bytes.
    private static func lines() throws -> [[UInt8]] {
        let file = try MappedFile(path: RealData.path("multilingual/udhr.tsv"))
        return file.withBytes { bytes in
            bytes.split(separator: 0x0A).map { row in
                Array(row.split(separator: 0x09, omittingEmptySubsequences: false)[2])
            }
        }
    }
}
