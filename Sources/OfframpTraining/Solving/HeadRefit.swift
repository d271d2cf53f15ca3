import OfframpExit
import OfframpTensor

/// Puts the linear maps that heads end in, trained together with their backbone or layers of their own, at the
/// optimum that the final states have, where validation texts gain by it.
///
/// What stands before the maps has learned from the training texts, so that cross-validation among them would
/// say nothing: the penalty is chosen on the validation texts.
struct HeadRefit: Sendable {
    /// What the heads read of both.
    let features: FrozenFeatures
    let train: Targets
    let validation: Targets
    let metric: Metric
    let workers: Workers

    /// Whether heads of a kind are refitted: a chained one learns from answers to texts that the heads
    /// before it do not know, and there are none.
    static func applies(to heads: HeadSet) -> Bool {
        heads.areSolvable && !heads.isChained && heads.signal == nil
    }

    /// Refits each exit on its own.
    ///
    /// - Parameter progress: called with the number of exits that are done.
    /// - Returns: which exits gained.
    /// - Throws: `OfframpError`, as `HeadSolver.solve` does.
    func refit(_ heads: inout HeadSet, progress: (Int) -> Void) throws -> [Bool] {
        let blas = try OpenBLAS.load()
        let folds = Folds(texts: train.count, count: 1, seed: 0)
        let solver = HeadSolver(store: features.train, targets: train, seed: 0, workers: workers)
        return try (0..<heads.count).map { exit in
            defer { progress(exit + 1) }
            guard heads.gainsByRefit(exit) else { return false }
            let matrix = try solver.matrix(
                exit, of: heads, Array(0..<train.count), nil, folds)
            let problem = LinearProblem(
                matrix, folds, train, outputs: heads.outputCount, blas, workers)
            let inputs = features.validation.mapped(
                ofExit: exit, texts: Array(0..<validation.count)
            ) { heads.inputs(ofExit: exit, $0, $1) }
            func judged(_ weights: [Float]) -> Judgement {
                var candidate = heads
                candidate.replaceMap(ofExit: exit, matrix.standardization, weights)
                return judgement(of: candidate, exit, inputs)
            }
            let path = RidgePath(problem, workers: workers) { judged($0.weights).loss }
            let isBetter = judged(path.weights).isBetter(than: judgement(of: heads, exit, inputs))
            if isBetter { heads.replaceMap(ofExit: exit, matrix.standardization, path.weights) }
            return isBetter
        }
    }

    /// - Parameter inputs: of the exit's map, of the validation texts.
    private func judgement(of heads: HeadSet, _ exit: Int, _ inputs: Tensor) -> Judgement {
        let logits = heads.logits(ofExit: exit, inputs: inputs)
        let trace = Trace(
            depths: [heads.depths[exit]], task: validation.gold.task,
            outputCount: heads.outputCount, logits: [logits.values], gold: validation.gold)
        return Judgement(
            loss: Double(validation.loss(logits).scalar),
            quality: trace.judged(by: metric).exitQualities[0])
    }

    /// What a head is worth on the validation texts.
    private struct Judgement {
        let loss: Double
        let quality: Double

        /// Both count: the loss is the surer measure, and the quality is what is wanted.
        func isBetter(than other: Judgement) -> Bool {
            loss < other.loss && quality >= other.quality
        }
    }
}

extension HeadSet {
    /// Replaces the map of an exit by one that was found for standardised inputs.
    mutating func replaceMap(
        ofExit exit: Int, _ standardization: Standardization, _ weights: [Float]
    ) {
        let map = standardization.map(weights, outputs: outputCount)
        replaceMap(ofExit: exit, weight: map.weight, bias: map.bias)
    }
}
