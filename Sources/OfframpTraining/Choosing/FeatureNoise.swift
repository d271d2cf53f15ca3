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
        let rounded = EarlyExitModel(backbone: backbone, heads: exact.heads)
        // Only sums are kept of a batch: the states of many long texts would fill the memory.
        let moments = workers.map(batches.count) { batch in
            var passes = (ForwardPass(exact, batches[batch]), ForwardPass(rounded, batches[batch]))
            return (0..<exact.heads.count).map { exit in
                FeatureMoments(
                    passes.0.features(ofExit: exit), passes.1.features(ofExit: exit))
            }
        }
        shares = (0..<exact.heads.count).map { exit in
            FeatureMoments(adding: moments.map { $0[exit] }).noiseShare
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
}

/// Sums over the rows of features, and of the error in them, for the variance of both.
private struct FeatureMoments {
    private var rows = 0.0
    /// One for each feature, `[columns]`.
    private var columns: [Column]

    private struct Column {
        var signal = Moments()
        var error = Moments()
    }

    private struct Moments {
        private var sum = 0.0
        private var squares = 0.0

        mutating func add(_ value: Double) {
            sum += value
            squares += value * value
        }

        mutating func add(_ other: Moments) {
            sum += other.sum
            squares += other.squares
        }

        func variance(of rows: Double) -> Double {
            let mean = sum / rows
            let variance = squares / rows - mean * mean
            // What is left of equal floats is the rounding of the sums.
            return variance > Self.rounding * mean * mean ? variance : 0
        }

        private static let rounding = 1e-13
    }

    /// Of the same features, `[rows, columns]`, computed exactly and in a shorter format.
    init(_ exact: Tensor, _ rounded: Tensor) {
        let (values, others, width) = (exact.values, rounded.values, exact.columns)
        rows = Double(exact.rows)
        columns = Array(repeating: Column(), count: width)
        for row in 0..<exact.rows {
            for column in 0..<width {
                let value = Double(values[row * width + column])
                columns[column].signal.add(value)
                columns[column].error.add(Double(others[row * width + column]) - value)
            }
        }
    }

    /// Of all rows of several.
    init(adding parts: [FeatureMoments]) {
        columns = Array(repeating: Column(), count: parts.first?.columns.count ?? 0)
        for part in parts {
            rows += part.rows
            for (index, column) in part.columns.enumerated() {
                columns[index].signal.add(column.signal)
                columns[index].error.add(column.error)
            }
        }
    }

    /// The variance of the error by that of the feature, the mean over the features.
    var noiseShare: Double {
        let total = columns.reduce(0.0) { total, column in
            let spread = column.signal.variance(of: rows)
            // A feature that is the same in all texts tells nothing that could be lost.
            guard spread > 0 else { return total }
            return total + min(column.error.variance(of: rows) / spread, 1)
        }
        return total / Double(columns.count)
    }
}
