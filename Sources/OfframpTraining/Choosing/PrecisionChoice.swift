import OfframpEngine
import OfframpExit
import OfframpTensor

/// The fastest precision that keeps the quality of every exit on validation rows.
struct PrecisionChoice {
    /// The model in the chosen precision.
    let model: LoadedModel
    /// What every exit says in it.
    let trace: Trace

    /// What an exit may lose against `float32`: 0.3 points, beyond what chance explains.
    private static let tolerance = 0.003
    /// Fastest first.
    static let order = [Precision.int8, .bfloat16, .float32]

    /// Compares all precisions.
    ///
    /// - Parameter run: loads the model in one and runs the validation rows through it.
    init(_ run: (Precision) throws -> (LoadedModel, Trace)) rethrows {
        let reference = try run(.float32)
        for precision in Self.order.dropLast() {
            let candidate = try run(precision)
            guard Self.keeps(candidate.1, reference.1) else { continue }
            (model, trace) = candidate
            return
        }
        (model, trace) = reference
    }

    /// Whether every exit is about as good as it is in `float32`.
    static func keeps(_ trace: Trace, _ reference: Trace) -> Bool {
        trace.losses(against: reference).allSatisfy { $0.mayBeWithin(tolerance) }
    }
}
