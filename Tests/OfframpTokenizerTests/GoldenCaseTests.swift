import OfframpFiles
import OfframpTokenizer
import TestFiles
import Testing

/// One text, or pair of texts, with what Hugging Face makes of it.
struct GoldenCase: Sendable, CustomTestStringConvertible {
    let mode: String
    let text: String
    let pair: String?
    let maximumLength: Int?
    let ids: [Int]
    let typeIds: [Int]
    let ranges: [[Int]]
    let isTruncated: Bool

    init(_ row: JSON) {
        func integers(_ value: JSON?) -> [Int] { value?.elements?.compactMap(\.int) ?? [] }
        mode = row["mode"]?.string ?? ""
        text = row["text"]?.string ?? ""
        pair = row["pair"]?.string
        maximumLength = row["maximum_length"]?.int
        ids = integers(row["ids"])
        typeIds = integers(row["type_ids"])
        ranges = row["ranges"]?.elements?.map(integers) ?? []
        isTruncated = row["truncated"]?.bool ?? false
    }

    var testDescription: String { "\(mode): \(text.prefix(40)) \(pair ?? "")" }

    static let all = ((try? Fixture.rows("tokenizer/cases.json")) ?? []).map(GoldenCase.init)

    func tokenizer() throws -> Tokenizer {
        Tokenizer(
            vocabulary: try Vocabulary.uncased.get(), lowercases: mode.hasPrefix("lower"),
            stripsAccents: mode.hasSuffix("accents kept")
                ? false : mode.hasSuffix("accents stripped") ? true : nil,
            splitsChinese: !mode.hasSuffix("Chinese joined"))
    }
}

@Suite struct GoldenCaseTests {
    @Test func `the file of golden cases is not empty`() { #expect(GoldenCase.all.count > 200) }

    @Test(arguments: GoldenCase.all)
    func `ids, types, ranges and truncation are Hugging Face's`(_ golden: GoldenCase) throws {
        let encoding = try golden.tokenizer().encode(
            golden.text, pair: golden.pair, maximumLength: golden.maximumLength,
            tracksRanges: true)
        #expect(encoding.ids.map(Int.init) == golden.ids)
        #expect(encoding.typeIds.map(Int.init) == golden.typeIds)
        #expect(encoding.ranges?.map { [$0.lowerBound, $0.upperBound] } == golden.ranges)
        #expect(encoding.isTruncated == golden.isTruncated)
    }

    @Test(arguments: GoldenCase.all)
    func `ranges do not change the ids`(_ golden: GoldenCase) throws {
        let encoding = try golden.tokenizer().encode(
            golden.text, pair: golden.pair, maximumLength: golden.maximumLength)
        #expect(encoding.ids.map(Int.init) == golden.ids)
        #expect(encoding.ranges == nil)
    }
}
