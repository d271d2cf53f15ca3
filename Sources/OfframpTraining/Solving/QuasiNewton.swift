/// The search for the minimum of a convex function by limited-memory BFGS (Liu & Nocedal 1989), where
/// an approximate Hessian is known: steps start from its inverse instead of from a multiple of the
/// identity.
///
/// The caller evaluates the function, so that several searches can share one pass over the data.
struct QuasiNewton: Sendable {
    /// The best point so far.
    private(set) var point: [Float]
    /// Whether the search is over.
    private(set) var isDone = false

    private var evaluation: LinearProblem.Evaluation
    private var direction: [Float] = []
    /// How fast the function changes along the direction; below 0.
    private var slope = 0.0
    private var step: Float = 1
    private var updates: [Update] = []
    private let hessian: CholeskyFactor
    private let tolerance: Double

    /// A step of the past, and how much the gradient changed by it.
    private struct Update: Sendable {
        let step: [Float]
        let change: [Float]
        let product: Double
    }

    private static let memory = 8
    /// Sufficient decrease (Armijo 1966).
    private static let decrease = 1e-4
    private static let leastStep: Float = 1e-4

    /// Starts at a point where the function is known.
    ///
    /// - Parameter tolerance: the search is over when a step would gain less than this share of the
    ///   value.
    init(
        at point: [Float], _ evaluation: LinearProblem.Evaluation, hessian: CholeskyFactor,
        tolerance: Double
    ) {
        self.point = point
        self.evaluation = evaluation
        self.hessian = hessian
        self.tolerance = tolerance
        findDirection()
    }

    /// The point to be evaluated next.
    var trial: [Float] {
        zip(point, direction).map { $0 + step * $1 }
    }

    /// Goes on with the evaluation of the trial point.
    mutating func take(_ result: LinearProblem.Evaluation) {
        let limit = evaluation.value + Self.decrease * Double(step) * slope
        guard result.value <= limit else {
            step /= 2
            isDone = step < Self.leastStep
            return
        }
        let trial = trial
        let (change, moved) = (
            zip(result.gradient, evaluation.gradient).map(-), zip(trial, point).map(-)
        )
        let product = dot(change, moved)
        if product > 0 {
            updates.append(Update(step: moved, change: change, product: product))
            if updates.count > Self.memory { updates.removeFirst() }
        }
        (point, evaluation) = (trial, result)
        findDirection()
    }

    /// Minus the approximate inverse Hessian times the gradient, by the two-loop recursion.
    private mutating func findDirection() {
        var vector = evaluation.gradient
        var shares: [Double] = []
        for update in updates.reversed() {
            let share = dot(update.step, vector) / update.product
            shares.append(share)
            add(-share, update.change, to: &vector)
        }
        var result = hessian.solved(vector)
        if let last = updates.last {
            let scale = last.product / dot(last.change, hessian.solved(last.change))
            for index in result.indices { result[index] *= Float(scale) }
        }
        for (update, share) in zip(updates, shares.reversed()) {
            let correction = dot(update.change, result) / update.product
            add(share - correction, update.step, to: &result)
        }
        direction = result.map(-)
        slope = -dot(result, evaluation.gradient)
        step = 1
        isDone = !(-slope > tolerance * abs(evaluation.value))
    }

    private func dot(_ left: [Float], _ right: [Float]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += Double(left[index]) * Double(right[index]) }
        return sum
    }

    private func add(_ factor: Double, _ other: [Float], to vector: inout [Float]) {
        let factor = Float(factor)
        for index in vector.indices { vector[index] += factor * other[index] }
    }
}
