import OfframpExit
import OfframpTensor

/// The fastest precision that keeps the accuracy of every exit on held-out texts.
struct PrecisionChoice {
    /// The choice.
    let precision: Precision
    /// What every exit says in it.
    let trace: Trace

    /// What an exit may lose against `float32`: 0.3 points.
    private static let tolerance = 0.003
    /// Fastest first.
    private static let order = [Precision.int8, .bfloat16, .float32]

    /// Compares all precisions.
    ///
    /// - Parameter trace: runs the held-out texts in one.
    init(quality: Quality, trace: (Precision) throws -> Trace) rethrows {
        let reference = try trace(.float32)
        let least = reference.exitQualities(quality).map { $0 - Self.tolerance }
        for precision in Self.order.dropLast() {
            let candidate = try trace(precision)
            guard zip(candidate.exitQualities(quality), least).allSatisfy(>=) else { continue }
            (self.precision, self.trace) = (precision, candidate)
            return
        }
        (precision, self.trace) = (.float32, reference)
    }
}
