import OfframpEngine
import OfframpExit
import OfframpTensor

/// The fastest precision that keeps the quality of the exits on validation rows.
package struct PrecisionChoice {
    /// The model in the chosen precision.
    let model: LoadedModel
    /// What every exit says in it.
    let trace: Trace

    /// What an exit may lose against `float32`: 0.3 points.
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

    /// Standard errors that a loss must be clear of to count, as of a few hundred texts some change sides in any
    /// precision: the mean over the exits, and the worst of many.
    private static let (doubt, doubtOfOne) = (-2.0, -3.0)

    /// Whether exits are as good as they are in `float32`, on average and each, as far as the texts can tell.
    package static func keeps(_ trace: Trace, _ reference: Trace) -> Bool {
        let losses = trace.losses(against: reference)
        return QualityLoss(mean: losses).isWithin(tolerance, margin: doubt)
            && losses.allSatisfy { $0.isWithin(tolerance, margin: doubtOfOne) }
    }
}
