import OfframpEncoder
import OfframpTensor
import OfframpTestSupport
import Testing

@Suite(
    "Hidden states of the real backbone",
    .enabled(if: RealBackbone.isAvailable, RealBackbone.reason))
struct RealBackboneTests {
    private let backbone: Backbone

    init() throws { backbone = try Backbone(folder: RealBackbone.folder) }

    /// Sentences and pairs, an empty one, and one of 512 tokens.
    @Test("equal Hugging Face's at every depth, packed in one batch")
    func equalHuggingFace() throws {
        let golden = try SafetensorsFile(path: Fixture.path("encoder/real-states.safetensors"))
        let batch = try GoldenTexts(golden).packed
        let expected = try golden.tensor("states")
        for (depth, state) in backbone.states(batch).enumerated() {
            let summaries = StateSummary(of: state, batch.texts).rows
            let rows = depth * summaries.count..<(depth + 1) * summaries.count
            for (text, row) in rows.enumerated() {
                let difference = largestDifference(summaries[text], expected.row(row))
                #expect(difference < 2e-5, "text \(text), depth \(depth)")
            }
        }
    }

    @Test("are those of the text alone, whatever it is packed with")
    func doNotDependOnOthers() throws {
        let golden = try SafetensorsFile(path: Fixture.path("encoder/real-states.safetensors"))
        let texts = try GoldenTexts(golden)
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
