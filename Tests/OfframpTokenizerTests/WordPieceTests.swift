import OfframpTensor
import OfframpTokenizer
import TestFiles
import Testing

@Suite struct WordPieceTests {
    private let folder = TemporaryFolder()
    private static let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    private func vocabulary(_ pieces: [String]) throws -> Vocabulary {
        let text = (Self.special + pieces).joined(separator: "\n")
        return try Vocabulary(file: folder.file("vocab.txt", text))
    }

    /// Greedy longest match over a dictionary, written for clarity.
    private static func reference(_ word: String, _ ids: [String: Int32]) -> [Int32] {
        var (rest, found) = (Substring(word), [Int32]())
        while !rest.isEmpty {
            let prefix = rest.startIndex == word.startIndex ? "" : "##"
            let lengths = (1...rest.count).reversed()
            guard let length = lengths.first(where: { ids[prefix + rest.prefix($0)] != nil }),
                let id = ids[prefix + rest.prefix(length)]
            else { return [1] }
            found.append(id)
            rest = rest.dropFirst(length)
        }
        return found
    }

    @Test(arguments: 1...20)
    func `random vocabularies give the longest pieces`(_ seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        // Three letters of one to three bytes, and pieces of up to 45: every path of the search.
        let letters: [Character] = ["a", "é", "中"].prefix(Int(seed % 3) + 1) + ["b"]
        func word(_ longest: Int) -> String {
            let length = Int.random(in: 1...max(longest, 1), using: &random)
            return String((0..<length).compactMap { _ in letters.randomElement(using: &random) })
        }
        let pieces = Set((0..<400).map { (($0 % 2 == 0 ? "" : "##") + word($0 % 46)) })
            .union(["a", "b", "##a", "##b"]).sorted()
        let vocabulary = try vocabulary(pieces)
        let ids = Dictionary(
            uniqueKeysWithValues: pieces.enumerated().map { ($1, Int32($0 + 5)) })
        let tokenizer = Tokenizer(
            vocabulary: vocabulary, lowercases: false, splitsChinese: false)
        for _ in 0..<300 {
            let piece = try #require(pieces.randomElement(using: &random))
            let text = piece.filter { $0 != "#" } + word(50)
            let encoded = tokenizer.encode(text).ids.dropFirst().dropLast()
            #expect(Array(encoded) == Self.reference(text, ids), "\(text)")
        }
    }

    @Test(arguments: [1, 2, 31, 32, 33, 60])
    func `lookups grow with the length of the word and not with its square`(_ longest: Int) throws {
        let pieces = (1...longest).map { String(repeating: "a", count: $0) }
        let vocabulary = try vocabulary(
            pieces + pieces.map { "##" + $0 } + ["##" + pieces[0] + "c"])
        let wordPiece = WordPiece(table: vocabulary.table, unknown: vocabulary.unk)
        #expect(vocabulary.table.longest == max(longest, "[MASK]".count))
        for count in [10, 50, 100] {
            let word = [UInt8](repeating: 0x61, count: count - 1) + [0x62]
            var list = PieceList(tracksRanges: false)
            (word + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                wordPiece.append(start, count: count, characters: count, to: &list)
            }
            #expect(list.ids == [vocabulary.unk])
            #expect(list.lookups <= count * vocabulary.table.longest)
        }
    }

    @Test func `a word that is too long is not looked up at all`() throws {
        let vocabulary = try vocabulary(["a", "##a"])
        let wordPiece = WordPiece(table: vocabulary.table, unknown: vocabulary.unk)
        var list = PieceList(tracksRanges: false)
        [UInt8](repeating: 0x61, count: 1000).withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            wordPiece.append(start, count: 900, characters: 900, to: &list)
        }
        #expect(list.ids == [vocabulary.unk] && list.lookups == 0)
    }
}
