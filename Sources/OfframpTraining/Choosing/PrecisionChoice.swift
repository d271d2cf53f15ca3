import OfframpEngine
import OfframpExit
import OfframpTensor

/// The fastest precision that keeps the quality of every exit on validation rows.
struct PrecisionChoice {
    /// The model in the chosen precision.
    let model: LoadedModel
    /// What every exit says in it.
    let trace: Trace

    /// What an exit may lose against `float32`: 0.3 points.
    private static let tolerance = 0.003
    /// Fastest first.
    private static let order = [Precision.int8, .bfloat16, .float32]

    /// Compares all precisions.
    ///
    /// - Parameter run: loads the model in one and runs the validation rows through it.
    init(_ run: (Precision) throws -> (LoadedModel, Trace)) rethrows {
        let reference = try run(.float32)
        let least = reference.1.exitQualities.map { $0 - Self.tolerance }
        for precision in Self.order.dropLast() {
            let candidate = try run(precision)
            guard zip(candidate.1.exitQualities, least).allSatisfy(>=) else { continue }
            (model, trace) = candidate
            return
        }
        (model, trace) = reference
    }
}
