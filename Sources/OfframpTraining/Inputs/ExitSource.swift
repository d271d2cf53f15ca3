import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// Where the logits of a training batch come from: the whole model, or its heads on kept features.
enum ExitSource: Sendable {
    /// Texts run through backbone and heads.
    case texts([Encoding], GradientFlow, WordDeletion)
    /// What the heads read of a frozen backbone's states, computed once.
    case features(FeatureStore)

    /// The logits of each exit for some of the texts.
    ///
    /// - Parameter seed: of the word deletion.
    func logits(
        _ texts: [Int], _ model: EarlyExitModel, _ dropout: Dropout, seed: UInt64
    ) -> [Tensor] {
        switch self {
        case .texts(let all, let flow, let deletion):
            let batch = deletion.batch(texts.map { all[$0] }, seed: seed)
            var pass = ForwardPass(model, batch, flow: flow, dropout: dropout)
            return (0..<model.heads.count).map { pass.output(ofExit: $0).logits }
        case .features(let store):
            return headLogits(texts, model.heads, store, dropout)
        }
    }

    private func headLogits(
        _ texts: [Int], _ heads: HeadSet, _ store: FeatureStore, _ dropout: Dropout
    ) -> [Tensor] {
        var dropout = dropout
        let ranges = TextRanges(lengths: texts.map { store.lengths[$0] })
        var previous: Tensor?
        return (0..<heads.count).map { exit in
            let features = store.features(ofExit: exit, texts: texts)
            let output = heads[exit](features, ranges, previous: previous, &dropout)
            previous = output.logits
            return output.logits
        }
    }
}
