import OfframpTokenizer
import Testing

@Suite struct TokenizerTests {
    @Test func `many threads share one tokenizer`() async throws {
        let tokenizer = try Tokenizer.uncased()
        let texts = (0..<200).map { "Text \($0): naïve [MASK] 中文 unaffable \($0 * 7919)" }
        let expected = texts.map { tokenizer.encode($0) }
        let results = await withTaskGroup(of: [Encoding].self) { group in
            for _ in 0..<4 { group.addTask { texts.map { tokenizer.encode($0) } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == Array(repeating: expected, count: 4))
    }

    @Test func `a text that is cut has the beginning of the whole one`() throws {
        let tokenizer = try Tokenizer.uncased(maximumLength: 1 << 20)
        let text = String(repeating: "electroencephalographically naïve [MASK] ", count: 50)
        let whole = tokenizer.encode(text, tracksRanges: true)
        for limit in 3...whole.ids.count {
            let cut = tokenizer.encode(text, maximumLength: limit, tracksRanges: true)
            #expect(cut.ids == whole.ids.prefix(limit - 1) + [102])
            #expect(cut.ranges?.count == limit)
            #expect(cut.isTruncated == (limit < whole.ids.count))
        }
    }

    @Test func `type ids follow from where the second text begins`() throws {
        let encoding = try Tokenizer.uncased().encode("one two", pair: "three")
        #expect(encoding.secondStart == 4)
        #expect(encoding.typeIds == [0, 0, 0, 0, 1, 1])
    }
}
