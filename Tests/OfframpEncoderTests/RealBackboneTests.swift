import OfframpEncoder
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import TestFiles
import TestModels
import Testing

@Suite(.enabled(if: RealBackbone.isAvailable, RealBackbone.reason))
struct RealBackboneTests {
    private let backbone: Backbone

    init() throws { backbone = try Backbone(folder: RealBackbone.folder) }

    /// Sentences and pairs, an empty one, and one of 512 tokens.
    @Test func `equal Hugging Face's at every depth, packed in one batch`() throws {
        let golden = try SafetensorsFile(path: Fixture.path("encoder/real-states.safetensors"))
        try expectStates(of: GoldenTexts(golden), toEqual: golden.tensor("states"))
    }

    @Test func `are those of the text alone, whatever it is packed with`() throws {
        let golden = try SafetensorsFile(path: Fixture.path("encoder/real-states.safetensors"))
        try expectStatesAlone(toEqualPacked: GoldenTexts(golden))
    }

    @Test(.enabled(if: RealData.isAvailable, RealData.reason))
    func `equal Hugging Face's for the first 100 sentences of SST-2 dev`() throws {
        let golden = try SafetensorsFile(path: Fixture.path("encoder/sst2-states.safetensors"))
        let texts = try Self.sentences(100)
        try expectStates(of: texts, toEqual: golden.tensor("states"))
        expectStatesAlone(toEqualPacked: texts)
    }

    private func expectStates(of texts: GoldenTexts, toEqual expected: Tensor) {
        let batch = texts.packed
        for (depth, state) in backbone.states(batch).enumerated() {
            for (text, summary) in StateSummary(of: state, batch.texts).rows.enumerated() {
                let row = expected.row(depth * batch.texts.count + text)
                #expect(largestDifference(summary, row) < 2e-5, "text \(text), depth \(depth)")
            }
        }
    }

    private func expectStatesAlone(toEqualPacked texts: GoldenTexts) {
        let batch = texts.packed
        let packed = backbone.states(batch)
        for (text, single) in texts.alone.enumerated() {
            let rows = batch.texts.rows(of: [text])
            for (depth, alone) in backbone.states(single).enumerated() {
                let difference = largestDifference(
                    packed[depth].gathering(rows: rows).values, alone.values)
                #expect(difference < 1e-5, "text \(text), depth \(depth)")
            }
        }
    }

    /// The first sentences of SST-2 dev as ids, which are not committed because the data are not ours.
    private static func sentences(_ count: Int) throws -> GoldenTexts {
        let tokenizer = try Tokenizer(folder: RealBackbone.folder)
        let ids = try MappedFile(path: RealData.path("sst2/dev.tsv")).withBytes { bytes in
            bytes.split(separator: UInt8(ascii: "\n")).dropFirst().prefix(count).map { line in
                let sentence = line.prefix { $0 != UInt8(ascii: "\t") }
                return tokenizer.encode(String(decoding: sentence, as: UTF8.self)).ids
            }
        }
        return GoldenTexts(ids, secondSegments: ids.map(\.count))
    }
}

/// What the golden files keep of each text's states: some columns of the first token, and of the
/// mean over the tokens.
struct StateSummary {
    /// One list of values for each text.
    let rows: [[Float]]

    private static let step = 48

    init(of state: Tensor, _ texts: TextRanges) {
        let means = state.meanMax(texts)
        let firsts = state.gathering(rows: texts.firstRows)
        rows = (0..<texts.count).map { text in
            let columns = stride(from: 0, to: state.columns, by: Self.step)
            return columns.map { firsts.row(text)[$0] } + columns.map { means.row(text)[$0] }
        }
    }
}
