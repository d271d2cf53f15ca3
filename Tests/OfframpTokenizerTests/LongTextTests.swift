import OfframpTokenizer
import Testing

@Suite struct LongTextTests {
    /// Words of one piece each: what a part holds can be counted by hand.
    private static let words = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ]

    private func parts(
        _ count: Int, pair: Int? = nil, _ long: LongTexts, limit: Int = 512
    ) throws -> [(words: [Int], pair: [Int], isTruncated: Bool)] {
        let tokenizer = try Tokenizer.uncased(maximumLength: limit)
        let text = Self.words.prefix(count).joined(separator: " ")
        let second = pair.map { Self.words.prefix($0).joined(separator: " ") }
        let ids = Self.words.map { tokenizer.encode($0).ids[1] }
        return tokenizer.parts(TextInput(text, pair: second), long: long).map { part in
            #expect(part.ids.first == 101 && part.ids.last == 102)
            func words(_ range: some Sequence<Int32>) -> [Int] {
                range.compactMap(ids.firstIndex)
            }
            return (
                words(part.ids[..<part.secondStart]), words(part.ids[part.secondStart...]),
                part.isTruncated
            )
        }
    }

    @Test func `windows overlap by a quarter, and the last ends where the text does`() throws {
        let windows = try parts(9, .windows(tokens: 6))
        #expect(windows.map(\.words) == [[0, 1, 2, 3], [3, 4, 5, 6], [5, 6, 7, 8]])
        #expect(!windows.contains { $0.isTruncated })
    }

    @Test(arguments: [LongTexts.head, .headTail, .windows(tokens: 6), .refuse])
    func `a text that fits is read as it is`(long: LongTexts) throws {
        let windows = try parts(4, long, limit: 6)
        #expect(windows.map(\.words) == [[0, 1, 2, 3]])
        #expect(windows[0].isTruncated == false)
    }

    @Test func `a window is never longer than the model reads`() throws {
        #expect(
            try parts(6, .windows(tokens: 64), limit: 6).map(\.words) == [
                [0, 1, 2, 3], [2, 3, 4, 5],
            ])
    }

    @Test func `head and tail leave out the middle, and say so`() throws {
        let cut = try parts(9, .headTail, limit: 6)
        #expect(cut.map(\.words) == [[0, 6, 7, 8]])
        #expect(cut[0].isTruncated)
    }

    @Test func `the shorter text of a pair is in every window`() throws {
        // Eleven tokens: three special ones, two of the short text, six of the long one.
        let windows = try parts(9, pair: 2, .windows(tokens: 11))
        #expect(windows.map(\.words) == [[0, 1, 2, 3, 4, 5], [3, 4, 5, 6, 7, 8]])
        #expect(windows.allSatisfy { $0.pair == [0, 1] && !$0.isTruncated })
        let turned = try parts(2, pair: 9, .windows(tokens: 11))
        #expect(turned.map(\.pair) == windows.map(\.words))
        #expect(turned.allSatisfy { $0.words == [0, 1] })
    }

    @Test func `a pair of two long texts is cut, and says so`() throws {
        let windows = try parts(9, pair: 8, .windows(tokens: 11))
        #expect(windows.map(\.words).first == [0, 1, 2, 3])
        #expect(windows.allSatisfy { $0.pair == [0, 1, 2, 3] && $0.isTruncated })
    }
}
