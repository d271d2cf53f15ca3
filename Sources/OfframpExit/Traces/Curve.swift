import OfframpTensor

/// One policy's place on the curve of quality against compute.
package struct CurvePoint: Sendable, Equatable {
    /// The policy, as the catalog reads it.
    package let policy: String
    /// The trace's metric over the answers; 0 where it does not exist.
    package let quality: Double
    /// The mean depth, in layers, at which the texts left.
    package let averageDepth: Double
    /// Multiply-adds, heads included, relative to the full model; `nil` without a cost model.
    package let relativeCompute: Double?
    /// The share of the texts that left at each exit, `[exits]`, summing to 1.
    package let shares: [Double]
}

extension CurvePoint {
    /// What a policy costs, for comparing policies: compute where it is known, else depth.
    var expense: Double { relativeCompute ?? averageDepth }
}

extension Trace {
    /// Replays a policy and measures it against the right answers, which the trace must have.
    package func point(_ policy: any ExitPolicy, cost: CostModel? = nil) -> CurvePoint {
        guard let gold, textCount > 0 else { preconditionFailure("a curve needs right answers") }
        let answers = replay(policy)
        var counts = Array(repeating: 0, count: exits.count)
        for answer in answers { counts[answer.exitIndex] += 1 }
        let depths = answers.reduce(0) { $0 + $1.depth }
        return CurvePoint(
            policy: policy.name, quality: metric(answers.map(\.prediction), gold) ?? 0,
            averageDepth: Double(depths) / Double(textCount),
            relativeCompute: cost.map { relativeCompute(answers, cost: $0) },
            shares: counts.map { Double($0) / Double(textCount) })
    }

    /// The points of several policies, in their order; the current workers share them.
    package func curve(_ policies: [any ExitPolicy], cost: CostModel? = nil) -> [CurvePoint] {
        Workers.current.map(policies.count) { point(policies[$0], cost: cost) }
    }

    /// The quality of each exit if it answered for all texts, `[exits]`.
    package var exitQualities: [Double] {
        depths.map { point(FixedDepth($0)).quality }
    }
}
