import OfframpExit
import OfframpFiles

/// Policies chosen on held-out texts and saved under names.
struct OperatingPoints {
    /// Each name with how much worse than the full model it may be, in points of quality.
    private static let allowances = [("accurate", 0.0), ("balanced", 0.5), ("fast", 2.0)]
    /// The one that is used when nobody asks.
    private static let standard = "balanced"

    /// The points by name.
    let points: [(name: String, policy: String)]

    /// Chooses the cheapest policies of a kind that keep to their allowances.
    ///
    /// - Parameters:
    ///   - trace: of the held-out texts with their right answers.
    ///   - cost: what leaving at each exit costs.
    init(
        _ kind: String, on trace: Trace, cost: CostModel, for context: PolicyContext,
        quality: Quality
    ) throws {
        let candidates = try PolicyCatalog.sweep(kind, for: context)
        points = Self.allowances.map { name, points in
            let point = trace.cheapest(
                of: candidates, within: points, cost: cost, quality: quality)
            return (name, point.policy)
        }
    }

    /// The policy of a checkpoint that has these points.
    var policy: String { points.first { $0.name == Self.standard }?.policy ?? "full" }

    /// The points as a checkpoint stores them.
    var members: [JSON.Member] { points.map { JSON.Member($0.name, .string($0.policy)) } }
}
