import Glibc
import OfframpTensor

/// What attention adds to its scores by the distance from query to key, the same in all layers: one
/// learned number per head for each bucket of distances (T5, Raffel et al. 2020; MPNet).
struct RelativePositions: Sendable {
    /// `[buckets, heads]`.
    private var weights: Tensor
    private let headWidth: Int

    init(_ configuration: EncoderConfiguration) {
        let heads = configuration.headCount
        weights = Tensor(unset: .matrix(configuration.distanceBuckets, heads))
        headWidth = configuration.width / heads
    }

    /// The bias for texts up to some length.
    func callAsFunction(longest: Int) -> AttentionBias {
        AttentionBias(weights, headWidth: headWidth, longest: longest) {
            Self.bucket($0, of: weights.rows)
        }
    }

    /// Half of the buckets are for keys before the query, half for those behind it. Of each half the
    /// first half holds one distance each, the rest ranges that grow exponentially up to 128 tokens.
    ///
    /// - Parameter distance: of a query behind its key.
    static func bucket(_ distance: Int, of buckets: Int) -> Int {
        let half = buckets / 2
        let (start, exact, away) = (distance < 0 ? half : 0, half / 2, abs(distance))
        guard away >= exact else { return start + away }
        // In single precision, as the models were trained.
        let growth = logf(Float(away) / Float(exact)) / Float(log(128 / Double(exact)))
        return start + min(exact + Int(growth * Float(half - exact)), half - 1)
    }
}

extension RelativePositions: Parameterized {
    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        visitor.visit([prefix + "weight"], &weights)
    }
}
