import Glibc
import OfframpTensor

/// Any number of labels, each a question of its own; their probabilities are the sigmoids of the
/// logits, and those of at least a half are given. An exit is as sure as it is of its least sure label.
enum MultiLabel: TaskRules {
    static let problemType = "multi_label_classification"
    static let hasLabels = true
    static let metrics = [Metric.microF1, .macroF1, .subsetAccuracy]
    static let exactness: Metric? = .subsetAccuracy

    static func probabilities(
        _ logits: [Float], outputCount: Int, temperature: Float
    ) -> [Float] {
        logits.map { sigmoid($0 / temperature) }
    }

    static func prediction(_ exit: ExitObservation) -> Prediction {
        Prediction(independent: Array(exit.probabilities))
    }

    static func mixture(_ predictions: [Prediction], weights: [Float]) -> Prediction {
        Prediction(independent: predictions.mixedProbabilities(weights))
    }

    static func agrees(_ exit: ExitObservation, _ earlier: Prediction, tolerance: Float) -> Bool {
        !exit.confidence.isNaN && !earlier.score.isNaN
            && exit.prediction.labels == earlier.labels
    }

    /// The shares of the labels; of them the most frequent ones are the answer, as many as give the best
    /// F1.
    static func baseline(_ gold: Gold, outputCount: Int) -> Prediction {
        var counts = [Int](repeating: 0, count: outputCount)
        for label in gold.labelSets.joined() { counts[label] += 1 }
        let order = counts.indices.sorted { counts[$0] > counts[$1] }
        let all = counts.reduce(0, +)
        var (right, best) = (0, (f1: 0.0, count: 0))
        for (index, label) in order.enumerated() {
            right += counts[label]
            let f1 = 2 * Double(right) / Double((index + 1) * gold.count + all)
            if f1 > best.f1 { best = (f1, index + 1) }
        }
        return Prediction(
            labels: order.prefix(best.count).sorted(),
            shares: counts.map { Float($0) / Float(gold.count) })
    }

    static func labelScores(_ predictions: [Prediction], _ gold: Gold) -> [LabelScores] {
        LabelSetCounts(predictions, gold).scores
    }

    static func evidence(_ logits: Tensor, limit: Float) -> Tensor {
        Tensor(logits.values.map { min(max($0, -limit), limit) }, logits.shape)
    }

    static func logProbabilities(
        _ logits: ArraySlice<Float>, temperature: Float
    ) -> [Float] {
        // -log(1 + e^-z) without an exponential of a large number.
        logits.map { min($0 / temperature, 0) - log1p(exp(-abs($0 / temperature))) }
    }

    // MARK: Measures

    static func confidence(_ probabilities: ArraySlice<Float>) -> Float {
        probabilities.contains(where: \.isNaN)
            ? .nan : probabilities.lazy.map { max($0, 1 - $0) }.min() ?? .nan
    }

    /// That of the least sure label.
    static func entropy(_ probabilities: ArraySlice<Float>) -> Float {
        largest(probabilities.map(binaryEntropy))
    }

    static func uncertainty(_ probabilities: ArraySlice<Float>, top: Int?) -> Float {
        entropy(probabilities) / largestEntropy(outputCount: probabilities.count)
    }

    /// That of the label that diverges most.
    static func divergence(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Float {
        largest(
            zip(first, second).map { p, q in
                binaryEntropy((p + q) / 2) - (binaryEntropy(p) + binaryEntropy(q)) / 2
            })
    }

    static func leastConfidence(outputCount: Int) -> Float { 0.5 }

    static func largestEntropy(outputCount: Int) -> Float { 0.6931472 }

    static func confidences(_ logits: Tensor) -> [Float] {
        (0..<logits.rows).map { confidence(logits.row($0).map(sigmoid)[...]) }
    }

    // MARK: Losses

    static func losses(_ logits: Tensor, _ targets: Targets) -> Tensor {
        logits.binaryCrossEntropies(
            targets: targets.softened ?? certain(targets.gold, outputCount: logits.columns))
    }

    static func mixture(_ logits: [Tensor], weights: [Tensor]) -> Tensor {
        let given = weightedSum(logits.map { $0.sigmoid() }, weights)
        let missing = weightedSum(logits.map { (-1 * $0).sigmoid() }, weights)
        return given.logOfProbability() - missing.logOfProbability()
    }

    /// 1 where a label is missing or too many, as a text leaves with all of them.
    static func misses(_ logits: Tensor, _ gold: Gold) -> [Float] {
        gold.labelSets.enumerated().map { row, labels in
            Prediction(independent: logits.row(row).map(sigmoid)).labels == labels ? 0 : 1
        }
    }

    static func curvatures(_ logits: Tensor) -> [Float] {
        (0..<logits.rows).map { row in
            let bends = logits.row(row).map { sigmoid($0) * sigmoid(-$0) }
            let mean = bends.reduce(0, +) / Float(bends.count)
            return max(mean, leastCurvature) / Float(bends.count)
        }
    }

    private static let leastCurvature: Float = 1e-4

    static func distance(_ logits: Tensor, from teacher: Tensor, temperature: Float) -> Tensor {
        let share = 1 / temperature
        let targets = (share * teacher.detached).sigmoid()
        let entropies = targets.values.reduce(0) { $0 + binaryEntropy($1) }
        let constant = Tensor([-entropies / Float(max(targets.shape.count, 1))])
        return (share * logits).binaryCrossEntropies(targets: targets).mean() + constant
    }

    static func distanceScale(temperature: Float) -> Float { temperature * temperature }

    static func logits(_ answers: Tensor) -> Tensor {
        answers.logOfProbability() - (-1 * answers + 1).logOfProbability()
    }

    static func softened(_ logits: Tensor, temperature: Float) -> Tensor {
        ((1 / temperature) * logits).sigmoid()
    }

    static func certain(_ gold: Gold, outputCount: Int) -> Tensor {
        let sets = gold.labelSets
        return Tensor(.matrix(sets.count, outputCount)) { values in
            values.update(repeating: 0, count: sets.count * outputCount)
            for (row, labels) in sets.enumerated() {
                for label in labels { values[row * outputCount + label] = 1 }
            }
        }
    }

    static func nearest(_ softened: Tensor) -> Gold {
        .labelSets(
            (0..<softened.rows).map { text in
                softened.row(text).enumerated().filter { $0.element > 0.5 }.map(\.offset)
            })
    }

    private static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

    private static func binaryEntropy(_ p: Float) -> Float { OfframpExit.entropy([p, 1 - p]) }

    private static func largest(_ values: [Float]) -> Float {
        values.contains(where: \.isNaN) ? .nan : values.max() ?? .nan
    }
}
