import Glibc
import OfframpTensor

/// One of several labels; their probabilities are the softmax of the logits.
enum Classification: TaskRules {
    static let problemType = "single_label_classification"
    static let hasLabels = true
    static let metrics = [Metric.accuracy, .f1, .matthewsCorrelation]
    static let exactness: Metric? = .accuracy

    static func probabilities(
        _ logits: [Float], outputCount: Int, temperature: Float
    ) -> [Float] {
        softmax(rows: logits, columns: outputCount, temperature: temperature)
    }

    static func prediction(_ exit: ExitObservation) -> Prediction {
        Prediction(probabilities: Array(exit.probabilities))
    }

    static func mixture(_ predictions: [Prediction], weights: [Float]) -> Prediction {
        Prediction(probabilities: predictions.mixedProbabilities(weights))
    }

    static func agrees(_ exit: ExitObservation, _ earlier: Prediction, tolerance: Float) -> Bool {
        exit.label != nil && !earlier.score.isNaN && exit.label == earlier.label
    }

    /// The shares of the labels; the most frequent one is the answer.
    static func baseline(_ gold: Gold, outputCount: Int) -> Prediction {
        var shares = [Float](repeating: 0, count: outputCount)
        for label in gold.labels { shares[label] += 1 / Float(gold.count) }
        return Prediction(probabilities: shares)
    }

    static func labelScores(_ predictions: [Prediction], _ gold: Gold) -> [LabelScores] {
        ConfusionMatrix(predictions, gold)?.scores ?? []
    }

    static func evidence(_ logits: Tensor, limit: Float) -> Tensor {
        Tensor(logits.logSoftmax().values.map { max($0, -limit) }, logits.shape)
    }

    static func logProbabilities(
        _ logits: ArraySlice<Float>, temperature: Float
    ) -> [Float] { logSoftmax(logits, temperature: temperature) }

    // MARK: Measures

    static func confidence(_ probabilities: ArraySlice<Float>) -> Float {
        probabilities.max() ?? .nan
    }

    static func leastConfidence(outputCount: Int) -> Float { 1 / Float(outputCount) }

    static func entropy(_ probabilities: ArraySlice<Float>) -> Float {
        OfframpExit.entropy(probabilities)
    }

    static func largestEntropy(outputCount: Int) -> Float { log(Float(outputCount)) }

    static func uncertainty(_ probabilities: ArraySlice<Float>, top: Int?) -> Float {
        let count = min(probabilities.count, top ?? 5)
        guard count >= 2, !confidence(probabilities).isNaN else { return .nan }
        let largest = probabilities.sorted(by: >).prefix(count)
        let total = largest.reduce(0, +)
        return OfframpExit.entropy(largest.lazy.map { $0 / total }) / log(Float(count))
    }

    static func divergence(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Float {
        let mean = OfframpExit.entropy(zip(first, second).map { ($0 + $1) / 2 })
        return mean - (OfframpExit.entropy(first) + OfframpExit.entropy(second)) / 2
    }

    // MARK: Losses

    static func losses(_ logits: Tensor, _ targets: Targets) -> Tensor {
        logits.crossEntropies(
            targets: targets.softened ?? certain(targets.gold, outputCount: logits.columns))
    }

    static func mixture(_ logits: [Tensor], weights: [Tensor]) -> Tensor {
        weightedSum(logits.map { $0.softmax() }, weights).logOfProbability()
    }

    static func confidences(_ logits: Tensor) -> [Float] {
        let probabilities = logits.softmax()
        return (0..<logits.rows).map { probabilities.row($0).max() ?? .nan }
    }

    static func misses(_ logits: Tensor, _ gold: Gold) -> [Float] {
        gold.labels.enumerated().map { argmax(logits.row($0)[...]) == $1 ? 0 : 1 }
    }

    /// `p (1 - p)`, and at least a little: a text that is sure now may bend later.
    static func curvatures(_ logits: Tensor) -> [Float] {
        let probabilities = logits.softmax()
        return (0..<logits.rows).map { row in
            let squares = probabilities.row(row).reduce(0) { $0 + $1 * $1 }
            return max((1 - squares) / Float(logits.columns), leastCurvature)
        }
    }

    private static let leastCurvature: Float = 1e-4

    /// The divergence of the distributions.
    static func distance(_ logits: Tensor, from teacher: Tensor, temperature: Float) -> Tensor {
        tempered(logits, temperature)
            .divergence(from: tempered(teacher, temperature).softmax())
    }

    static func distanceScale(temperature: Float) -> Float { temperature * temperature }

    static func logits(_ answers: Tensor) -> Tensor { answers.logOfProbability() }

    static func softened(_ logits: Tensor, temperature: Float) -> Tensor {
        ((1 / temperature) * logits).softmax()
    }

    static func certain(_ gold: Gold, outputCount: Int) -> Tensor {
        let labels = gold.labels
        return Tensor(.matrix(labels.count, outputCount)) { values in
            values.update(repeating: 0, count: labels.count * outputCount)
            for (row, label) in labels.enumerated() { values[row * outputCount + label] = 1 }
        }
    }

    static func nearest(_ softened: Tensor) -> Gold {
        .labels((0..<softened.rows).map { argmax(softened.row($0)[...]) })
    }

    private static func tempered(_ logits: Tensor, _ temperature: Float) -> Tensor {
        temperature == 1 ? logits : (1 / temperature) * logits
    }
}
