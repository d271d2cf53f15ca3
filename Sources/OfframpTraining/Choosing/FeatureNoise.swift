import OfframpEncoder
import OfframpEngine
import OfframpTensor
import OfframpTokenizer

/// How much of what heads read drowns when a backbone computes in a shorter number format.
///
/// The first token says little about a text in the first layers: what differs between texts is small beside what
/// all share, and rounding hides it. Heads that learned from such states are no worse on exact ones, so that
/// comparing the two tells nothing; they would have been better had they learned from exact ones.
struct FeatureNoise {
    /// The variance of the error by the variance over the texts, the mean over the features, `[exits]`.
    let shares: [Double]

    /// Pooled over all tokens, int8 gives 0.002 to 0.011 (all-MiniLM-L6-v2) and costs the heads nothing; the first
    /// token's inner states get 0.7 to 1, and heads lose 1 to 3 points of SST-2 by it.
    private static let bearable = 0.05
    private static let (mostTexts, textsPerBatch) = (256, 32)

    /// Runs some of the texts through both.
    init(
        _ backbone: Backbone, against exact: EarlyExitModel, _ texts: [Encoding], _ workers: Workers
    ) {
        let step = max(texts.count / Self.mostTexts, 1)
        let some = stride(from: 0, to: texts.count, by: step).prefix(Self.mostTexts).map {
            texts[$0]
        }
        let batches = stride(from: 0, to: some.count, by: Self.textsPerBatch).map {
            PackedBatch(Array(some[$0..<min($0 + Self.textsPerBatch, some.count)]))
        }
        func features(_ backbone: Backbone) -> [[Tensor]] {
            let model = EarlyExitModel(backbone: backbone, heads: exact.heads)
            return workers.map(batches.count) { batch in
                var pass = ForwardPass(model, batches[batch])
                return (0..<model.heads.count).map { pass.features(ofExit: $0) }
            }
        }
        let pairs = Array(zip(features(exact.backbone), features(backbone)))
        shares = workers.map(exact.heads.count) { exit in
            Self.share(pairs.map { ($0[exit], $1[exit]) })
        }
    }

    /// Whether the heads can learn as much from the states as from exact ones.
    var isBearable: Bool { shares.allSatisfy { $0 <= Self.bearable } }

    /// A model in the fastest number format in which its heads can learn as much as from exact states.
    static func packed(
        _ model: EarlyExitModel, _ texts: [Encoding], _ workers: Workers
    ) -> EarlyExitModel {
        for precision in PrecisionChoice.order.dropLast() {
            let packed = model.backbone.packed(precision)
            guard FeatureNoise(packed, against: model, texts, workers).isBearable else { continue }
            return EarlyExitModel(backbone: packed, heads: model.heads)
        }
        return model
    }

    private static func share(_ batches: [(exact: Tensor, rounded: Tensor)]) -> Double {
        let columns = batches.first?.exact.columns ?? 0
        let values = batches.flatMap(\.exact.values)
        let others = batches.flatMap(\.rounded.values)
        let rows = values.count / max(columns, 1)
        var total = 0.0
        for column in 0..<columns {
            let signal = (0..<rows).map { Double(values[$0 * columns + column]) }
            let noise = (0..<rows).map { Double(others[$0 * columns + column]) - signal[$0] }
            let spread = variance(signal)
            // A feature that is the same in all texts tells nothing that could be lost.
            total += spread > 0 ? min(variance(noise) / spread, 1) : 0
        }
        return total / Double(columns)
    }

    private static func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
}
