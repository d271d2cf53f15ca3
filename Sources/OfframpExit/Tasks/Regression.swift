import Glibc
import OfframpTensor

/// A number: the only logit is the answer, errors are squared.
enum Regression: TaskRules {
    static let problemType = "regression"
    static let hasLabels = false
    static let metrics = [Metric.pearson, .spearman]

    static func probabilities(
        _ logits: [Float], outputCount: Int, temperature: Float
    ) -> [Float] {
        precondition(outputCount == 1, "a regression has one output")
        return []
    }

    static func prediction(_ exit: ExitObservation) -> Prediction { Prediction(value: exit.value) }

    static func mixture(_ predictions: [Prediction], weights: [Float]) -> Prediction {
        Prediction(value: zip(predictions, weights).reduce(0) { $0 + $1.0.score * $1.1 })
    }

    static func agrees(_ exit: ExitObservation, _ earlier: Prediction, tolerance: Float) -> Bool {
        abs(exit.value - earlier.score) < tolerance
    }

    /// The mean.
    static func baseline(_ gold: Gold, outputCount: Int) -> Prediction {
        Prediction(value: gold.values.reduce(0, +) / Float(max(gold.count, 1)))
    }

    static func losses(_ logits: Tensor, _ targets: Targets) -> Tensor {
        logits.squaredErrors(targets.softened?.values ?? targets.gold.values)
    }

    static func mixture(_ logits: [Tensor], weights: [Tensor]) -> Tensor {
        weightedSum(logits, weights)
    }

    static func confidences(_ logits: Tensor) -> [Float] {
        Array(repeating: .nan, count: logits.rows)
    }

    static func evidence(_ logits: Tensor, limit: Float) -> Tensor { logits }

    static func logProbabilities(
        _ logits: ArraySlice<Float>, temperature: Float
    ) -> [Float] { [] }

    /// The hyperbolic tangent of the distance.
    static func misses(_ logits: Tensor, _ gold: Gold) -> [Float] {
        zip(logits.values, gold.values).map { tanh(abs($0 - $1)) }
    }

    static func curvatures(_ logits: Tensor) -> [Float] { Array(repeating: 2, count: logits.rows) }

    static func distance(_ logits: Tensor, from teacher: Tensor, temperature: Float) -> Tensor {
        logits.squaredError(teacher.values)
    }

    static func distanceScale(temperature: Float) -> Float { 1 }

    static func logits(_ answers: Tensor) -> Tensor { answers }

    static func softened(_ logits: Tensor, temperature: Float) -> Tensor { logits }

    static func certain(_ gold: Gold, outputCount: Int) -> Tensor {
        Tensor(gold.values, rows: gold.count, columns: 1)
    }

    static func nearest(_ softened: Tensor) -> Gold { .values(softened.values) }
}
