import OfframpEngine
import OfframpExit
import OfframpFiles

/// Chooses the policies of a checkpoint on validation texts: for each name the most thorough one that
/// stays within a budget of compute.
///
/// A budget is a steady guide where a limit on the loss is not: on a few hundred texts the compute of
/// a policy is known to a percent, while its loss of half a point is a matter of three texts.
package struct OperatingPoints: Sendable {
    private let trace: Trace
    private let cost: CostModel
    private let kind: String

    /// Used when the wanted kind of policy cannot decide on the task; this one supports all.
    private static let fallback = "patience"
    /// The share of the full model's multiply-adds that each operating point may spend.
    private static let budgets = [("fast", 0.2), ("balanced", 0.35), ("accurate", 0.7)]
    /// The one that is used when none is asked for.
    private static let standard = "balanced"

    /// Points on the sweep of one kind of policy, or of `patience` where that kind cannot decide on
    /// the task, a regression for example.
    package init(trace: Trace, cost: CostModel, kind: String) {
        self.trace = trace
        self.cost = cost
        let wanted = PolicyKind.catalog.first { $0.name == kind }
        self.kind = wanted?.tasks.contains(trace.task) ?? true ? kind : Self.fallback
    }

    /// Sets the operating points and the default policy.
    ///
    /// - Throws: `OfframpError` (`usage`) when there is no such kind of policy.
    package func choose(for exits: inout ExitSettings) throws {
        let context = PolicyContext(
            task: trace.task, outputCount: trace.outputCount, depths: trace.depths,
            learned: exits.learned)
        let policies = try PolicyKind.sweep(kind, for: context)
        let costs = policies.map { policy in
            trace.relativeCompute(trace.replay(policy), of: policy, cost: cost)
        }
        exits.operatingPoints = Self.budgets.map { name, budget in
            JSON.Member(name, .string(policies[choice(costs, budget)].name))
        }
        exits.policy = try exits.operatingPoint(Self.standard)
    }

    /// The most expensive point within the budget, or the cheapest of all.
    private func choice(_ costs: [Double], _ budget: Double) -> Int {
        let affordable = costs.indices.filter { costs[$0] <= budget }
        return affordable.max { costs[$0] < costs[$1] }
            ?? costs.indices.min { costs[$0] < costs[$1] } ?? 0
    }
}
