import Glibc

/// Leaves when an ensemble of this exit and those before it is sure, and answers with the ensemble.
///
/// q_i = softmax( (1/i) sum over j <= i of exp(w_ij) ln p_j + b_i ), with i counted from 1. Zero Time
/// Waste (Wołczyk et al., 2021). An exit whose logits are NaN adds nothing to the sum, and
/// no text leaves there.
package struct Ensemble: ExitPolicy {
    /// What is remembered of one text.
    package struct Memory: Sendable {
        /// ln p_j of the exits passed so far, `[exits passed, labels]`.
        var logProbabilities: [Float] = []
        /// The ensemble at the last exit whose logits were not NaN.
        var prediction: Prediction?

        var score: Float { prediction?.score ?? .nan }
    }

    /// A probability of 0 in one exit must not outlaw a label for good, nor may two exits that are
    /// sure of different labels leave none at all: ln p counts as no less than this.
    static let leastLogProbability: Float = -10_000

    /// The thresholds, between 0 and 1.
    package let thresholds: Thresholds
    /// The learned numbers.
    package let weights: EnsembleWeights

    /// Leaves when the ensemble's largest probability reaches these thresholds.
    package init(_ thresholds: Thresholds, weights: EnsembleWeights) {
        self.thresholds = thresholds
        self.weights = weights
    }

    package var name: String { "ensemble:\(thresholds)" }

    package func begin() -> Memory { Memory() }

    package func decide(_ exit: ExitObservation, _ memory: inout Memory) -> Bool {
        let isNumber = exit.label != nil
        memory.logProbabilities += isNumber ? logProbabilities(exit) : nothing
        if isNumber { memory.prediction = ensemble(exit.place.index, memory.logProbabilities) }
        return isNumber && memory.score >= thresholds[exit.place]
    }

    package func answer(_ exit: ExitObservation, _ memory: Memory) -> Prediction {
        memory.prediction ?? exit.prediction
    }

    package func reason(_ exit: ExitObservation, _ memory: Memory) -> String? {
        reasonText("ensemble's confidence", memory.score, "from \(thresholds.text(exit.place))")
    }

    private var nothing: [Float] { Array(repeating: 0, count: weights.labels) }

    private func logProbabilities(_ exit: ExitObservation) -> [Float] {
        exit.logProbabilities.map { max($0, Self.leastLogProbability) }
    }

    private func ensemble(_ exit: Int, _ logProbabilities: [Float]) -> Prediction {
        let labels = weights.labels
        var sums = nothing
        for earlier in 0...exit {
            let weight = exp(weights.weights[exit * weights.exits + earlier]) / Float(exit + 1)
            for label in 0..<labels {
                sums[label] += weight * logProbabilities[earlier * labels + label]
            }
        }
        for label in 0..<labels { sums[label] += weights.biases[exit * labels + label] }
        return Prediction(probabilities: softmax(rows: sums, columns: labels, temperature: 1))
    }
}

extension PolicyKind {
    package static let ensemble = PolicyKind(
        name: "ensemble", syntax: "ensemble:T or ensemble:T1,T2,...",
        summary: "the exits so far, taken together, are at least T sure; they answer together",
        paper: "Wołczyk et al. 2021 (Zero Time Waste)",
        sweep: Sweep.confidences,
        build: { arguments in
            let context = arguments.context
            let (exits, labels) = (context.depths.count, context.outputCount)
            let weights =
                try context.learned["ensemble"].map {
                    try EnsembleWeights($0, exits: exits, labels: labels)
                } ?? .unlearned(exits: exits, labels: labels)
            return Ensemble(try arguments.thresholds(in: 0...1), weights: weights)
        })
}
