import OfframpExit
import OfframpTensor

/// Signals that tell how wrong their exit is: logistic regressions of the misses.
extension HeadSolver {
    /// Puts the signal of each exit at its optimum.
    ///
    /// - Parameters:
    ///   - logits: what each exit says of the texts, `[texts, outputs]`; by heads that have not learned from
    ///     them, as others miss too few.
    ///   - progress: called with the number of exits that are done.
    /// - Throws: `OfframpError`: `noInput` without OpenBLAS, `data` for states that are no numbers.
    func solveSignals(
        _ heads: inout HeadSet, logits: [Tensor], progress: (Int) -> Void
    ) throws {
        precondition(heads.signal == .own, "what exits share is not solved exit by exit")
        for exit in 0..<heads.count {
            let folds = folds(ofExit: exit, texts: targets.count)
            let matrix = try features(ofExit: exit, of: heads, folds)
            let misses = misses(logits[exit])
            let problem = LinearProblem(
                matrix, folds, misses, outputs: 2, try OpenBLAS.load(), workers)
            let path = RidgePath(problem, workers: workers) {
                Double(misses.gathering($0.texts).loss($0.heldOutLogits).scalar)
            }
            let (weight, bias) = matrix.standardization.map(path.weights, outputs: 2)
            // What tells two labels apart is the difference of their logits.
            let difference = zip(weight.row(1), weight.row(0)).map { $0 - $1 }
            heads.replaceSignal(
                ofExit: exit,
                weight: Tensor(difference, rows: 1, columns: weight.columns),
                bias: Tensor([bias.values[1] - bias.values[0]]))
            progress(exit + 1)
        }
    }

    /// Right is label 0, wrong is label 1; each as much as it is so.
    private func misses(_ logits: Tensor) -> Targets {
        let misses = targets.misses(of: logits)
        return Targets(
            .labels(misses.map { $0 > 0.5 ? 1 : 0 }),
            softened: Tensor(misses.flatMap { [1 - $0, $0] }, rows: misses.count, columns: 2))
    }
}
