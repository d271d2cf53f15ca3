import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// Where the exits' outputs for a training batch come from: the whole model, or its heads on what a
/// frozen backbone gives.
enum ExitSource: Sendable {
    /// Texts run through backbone and heads.
    case texts([Encoding], GradientFlow, WordDeletion)
    /// Texts run through a frozen backbone, packed and without dropout, and then the heads: for heads
    /// that read all tokens, of texts whose states would fill a disk. They are rounded as those that are kept.
    case frozenTexts([Encoding], Backbone)
    /// What the heads read of a frozen backbone's states, computed once.
    case features(FeatureStore)
    /// The same for signals beside classifiers that have learned.
    case signals(SignalSource)

    /// What each exit says about some of the texts.
    ///
    /// - Parameter seed: of the word deletion.
    func outputs(
        _ texts: [Int], _ model: EarlyExitModel, _ dropout: Dropout, seed: UInt64
    ) -> [HeadOutput] {
        switch self {
        case .texts(let all, let flow, let deletion):
            let batch = deletion.batch(texts.map { all[$0] }, seed: seed)
            var pass = ForwardPass(model, batch, flow: flow, dropout: dropout)
            return (0..<model.heads.count).map { pass.output(ofExit: $0) }
        case .frozenTexts(let all, _):
            let batch = PackedBatch(texts.map { all[$0] })
            var pass = ForwardPass(answering(model), batch)
            return outputs(model.heads, batch.texts, dropout) {
                pass.features(ofExit: $0).roundedToBfloat16
            }
        case .signals(let source): return source.outputs(texts, model.heads)
        case .features(let store):
            let ranges = store.ranges(texts)
            return outputs(model.heads, ranges, dropout) {
                store.features(ofExit: $0, texts: texts)
            }
        }
    }

    /// A model as the exits of a batch come from it: on the packed backbone, where there is one.
    func answering(_ model: EarlyExitModel) -> EarlyExitModel {
        guard case .frozenTexts(_, let backbone) = self else { return model }
        return EarlyExitModel(backbone: backbone, heads: model.heads)
    }

    private func outputs(
        _ heads: HeadSet, _ texts: TextRanges, _ dropout: Dropout,
        features: (_ exit: Int) -> Tensor
    ) -> [HeadOutput] {
        var (run, dropout) = (HeadRun(heads), dropout)
        return (0..<heads.count).map { run.output(ofExit: $0, features($0), texts, &dropout) }
    }
}
