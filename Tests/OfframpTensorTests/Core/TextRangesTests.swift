import OfframpTensor
import Testing

@Suite struct TextRangesTests {
    private let texts = TextRanges(lengths: [2, 1, 4])

    @Test func `follow from the lengths`() {
        #expect(texts.starts == [0, 2, 3, 7])
        #expect(texts.count == 3)
        #expect(texts.tokens == 7)
        #expect(texts[2] == 3..<7)
        #expect(texts.lengths == [2, 1, 4])
        #expect(texts.firstRows == [0, 2, 3])
    }

    @Test(arguments: [[], [0], [0, 2], [2, 0, 2]])
    func `keep some texts, packed again`(_ kept: [Int]) {
        let remaining = texts.keeping(kept)
        let lengths = kept.map { texts[$0].count }
        let rows = kept.flatMap { texts[$0].map { Int32($0) } }
        #expect(remaining.lengths == lengths)
        #expect(texts.rows(of: kept) == rows)
        #expect(remaining.tokens == rows.count)
    }

    @Test func `are joined, each text with its segments`() {
        let pairs = TextRanges(lengths: [3, 2], seconds: [1, 2])
        let joined = TextRanges(joining: [texts, TextRanges(lengths: []), pairs])
        #expect(joined == TextRanges(lengths: [2, 1, 4, 3, 2], seconds: [2, 1, 4, 1, 2]))
        #expect(pairs.seconds == [1, 2])
    }

    @Test func `may be of no text at all`() {
        let none = TextRanges(lengths: [])
        #expect(none.count == 0)
        #expect(none.tokens == 0)
        #expect(none.firstRows.isEmpty)
    }
}
