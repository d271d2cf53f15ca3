import OfframpExit
import OfframpTensor

/// A linear map at its optimum under the best ridge penalty.
///
/// The penalty shrinks step by step, every solution starting from the one before, until the loss of
/// texts that a fit has not learned from rises; as many folds are held out for that as it takes to tell.
/// Then one fit to all texts remains.
package struct RidgePath: Sendable {
    /// The fit to all texts.
    package let weights: [Float]
    /// What every text gets from a fit that has not learned from it, `[texts, outputs]`.
    package let heldOutLogits: Tensor
    /// The penalty.
    package let penalty: Float

    /// From nearly constant answers down, half a power of ten at a time.
    package static let penalties: [Float] = [
        30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6,
    ]
    /// How exact a fit is that only serves to choose the penalty, one that starts from fits that know the texts which
    /// it is to know nothing of, and the one that stays.
    private static let (tentative, unknowing, final) = (1e-4, 1e-5, 1e-7)
    /// Passes over the texts that one penalty may take at most.
    private static let longestSearch = 200

    /// What a penalty gives, for judging it.
    package struct Candidate {
        /// The mean of the fits.
        let weights: [Float]
        /// Those that one of the fits was made without.
        package let texts: [Int]
        /// What they get from it, `[texts, outputs]`.
        package let heldOutLogits: Tensor
    }

    /// Solves a problem.
    ///
    /// - Parameters:
    ///   - penalties: to be tried, in descending order.
    ///   - loss: what the penalty is chosen by.
    package init(
        _ problem: LinearProblem, penalties: [Float] = penalties, workers: Workers,
        loss: (Candidate) -> Double
    ) {
        var gram: CurvatureGram?
        func solved(
            _ fits: [LinearProblem.Fit], _ penalty: Float, _ tolerance: Double
        ) -> [LinearProblem.Fit] {
            Self.solved(problem, fits, penalty, &gram, workers, tolerance: tolerance)
        }
        let choosing = problem.folds.choosing
        let zeros = [Float](repeating: 0, count: problem.size)
        var fits = problem.fits(without: choosing, from: zeros)
        let texts = problem.folds.texts(ofFirst: choosing.count)
        var best: (loss: Double, penalty: Float, fits: [LinearProblem.Fit])?
        for penalty in penalties {
            fits = solved(fits, penalty, Self.tentative)
            let loss = loss(
                Candidate(
                    weights: Self.mean(fits), texts: texts,
                    heldOutLogits: problem.heldOutLogits(fits)))
            guard best.map({ loss < $0.loss }) ?? true else { break }
            best = (loss, penalty, fits)
        }
        guard let best else { preconditionFailure("the loss of constant answers is a number") }
        penalty = best.penalty
        let others = choosing.count..<problem.folds.count
        fits =
            best.fits
            + solved(
                problem.fits(without: others, from: Self.mean(best.fits)), penalty, Self.unknowing)
        let all = LinearProblem.Fit(weights: Self.mean(fits), excludedFold: nil)
        weights = solved([all], penalty, Self.final)[0].weights
        heldOutLogits = problem.heldOutLogits(fits)
            .gathering(rows: problem.folds.rowsOfTexts.map(Int32.init))
    }

    private static func solved(
        _ problem: LinearProblem, _ fits: [LinearProblem.Fit], _ penalty: Float,
        _ gram: inout CurvatureGram?, _ workers: Workers, tolerance: Double
    ) -> [LinearProblem.Fit] {
        guard !fits.isEmpty else { return [] }
        let hessian = problem.preconditioner(
            at: mean(fits), penalty: penalty, reusing: &gram)
        let starts = problem.evaluate(fits, penalty: penalty)
        var searches = workers.map(fits.count) {
            QuasiNewton(at: fits[$0].weights, starts[$0], hessian: hessian, tolerance: tolerance)
        }
        for _ in 0..<longestSearch {
            let active = searches.indices.filter { !searches[$0].isDone }
            guard !active.isEmpty else { break }
            let trials = active.map { index in
                LinearProblem.Fit(
                    weights: searches[index].trial, excludedFold: fits[index].excludedFold)
            }
            let results = problem.evaluate(trials, penalty: penalty)
            let before = searches
            let after = workers.map(active.count) { number in
                var search = before[active[number]]
                search.take(results[number])
                return search
            }
            for (index, search) in zip(active, after) { searches[index] = search }
        }
        return zip(fits, searches).map {
            LinearProblem.Fit(weights: $1.point, excludedFold: $0.excludedFold)
        }
    }

    private static func mean(_ fits: [LinearProblem.Fit]) -> [Float] {
        var sum = fits[0].weights
        for fit in fits.dropFirst() {
            for index in sum.indices { sum[index] += fit.weights[index] }
        }
        return sum.map { $0 / Float(fits.count) }
    }
}
