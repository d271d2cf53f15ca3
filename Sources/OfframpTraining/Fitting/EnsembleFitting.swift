import OfframpExit
import OfframpFiles
import OfframpTensor

/// Learns the ensemble over the exits with everything else frozen, exit by exit (Zero Time Waste,
/// Wołczyk et al. 2021): `q_i = softmax((1/i) Σ_(j≤i) exp(w_ij) ln p_j + b_i)`, cross-entropy.
package struct EnsembleFitting: PolicyFitting {
    package let policy = PolicyKind.ensemble

    package init() {}

    // Full batches: a few hundred thousand numbers per exit, and no order to choose.
    private static let steps = 200
    private static let learningRate: Float = 0.1

    package func fit(_ trace: Trace) throws -> JSON {
        guard let gold = trace.gold else { preconditionFailure("weights need right answers") }
        return try weights(trace, gold.labels).json
    }

    /// Learns all exits' weights.
    package func weights(_ trace: Trace, _ labels: [Int]) throws -> EnsembleWeights {
        let logProbabilities = trace.exits.map { exit in
            let logits = exit.logits.map { $0 / exit.temperature }
            return Tensor(logits, rows: exit.textCount, columns: exit.outputCount).logSoftmax()
        }
        let count = trace.exits.count
        let labelCount = trace.outputCount
        // The last exits, which take the longest, begin.
        let learned = Workers.current.map(count) { index in
            let exit = count - 1 - index
            let share = 1 / Float(exit + 1)
            let inputs = logProbabilities[...exit].map { (share * $0).detached }
            return fit(inputs, labels, labelCount)
        }
        var weights = [Float](repeating: 0, count: count * count)
        var biases: [Float] = []
        for (exit, fit) in learned.reversed().enumerated() {
            weights.replaceSubrange(exit * count..<exit * count + exit + 1, with: fit.weights)
            biases += fit.bias
        }
        return try EnsembleWeights(
            exits: count, labels: trace.outputCount, weights: weights, biases: biases)
    }

    private func fit(
        _ inputs: [Tensor], _ labels: [Int], _ labelCount: Int
    ) -> (weights: [Float], bias: [Float]) {
        var weights = ParameterPlace(zeros: inputs.count)
        var bias = ParameterPlace(zeros: labelCount)
        for step in 1...Self.steps {
            let gradients = Tensor.positiveMixture(
                of: inputs, logWeights: weights.value.tracked(as: 0),
                bias: bias.value.tracked(as: 1)
            ).crossEntropy(labels).gradients()
            let update = AdamStep(rate: Self.learningRate, decay: 0, clip: 1, step: step)
            for (leaf, place) in [weights.pointers(), bias.pointers()].enumerated() {
                let gradient = LeafGradient(gradients, leaf: leaf)
                update.apply(gradient.content, to: place, width: 1)
            }
        }
        return (weights.value.values, bias.value.values)
    }
}
