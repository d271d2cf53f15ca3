import OfframpEngine
import OfframpExit
import OfframpFiles

/// Chooses the policies of a checkpoint on held-out texts: for each name the cheapest one that loses
/// at most so much against the full model.
public struct OperatingPoints: Sendable {
    private let trace: Trace
    private let cost: CostModel
    private let kind: String

    /// Points of quality, in hundredths, that each operating point may lose.
    private static let losses = [("fast", 2.0), ("balanced", 0.5), ("accurate", 0.1)]
    /// The one that is used when none is asked for.
    private static let standard = "balanced"

    /// Points on the sweep of one kind of policy.
    public init(trace: Trace, cost: CostModel, kind: String) {
        self.trace = trace
        self.cost = cost
        self.kind = kind
    }

    /// Sets the operating points and the default policy.
    ///
    /// - Throws: `OfframpError` (`usage`) when the policy cannot decide on the task.
    public func choose(for exits: inout ExitSettings) throws {
        let context = PolicyContext(
            task: trace.task, labels: trace.labels, depths: trace.depths, ensemble: exits.ensemble)
        let candidates = try PolicyCatalog.sweep(kind, for: context)
        exits.operatingPoints = Self.losses.map { name, loss in
            let point = trace.cheapest(
                of: candidates, within: loss, cost: cost, quality: .of(trace.task))
            return JSON.Member(name, .string(point.policy))
        }
        exits.policy = try exits.operatingPoint(Self.standard)
    }
}
