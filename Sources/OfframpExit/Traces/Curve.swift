/// One policy's place on the curve of accuracy against compute.
public struct CurvePoint: Sendable, Equatable {
    /// The policy, as the catalog reads it.
    public let policy: String
    /// The quality of the answers: accuracy, 0 to 1, unless another measure was asked for.
    public let accuracy: Double
    /// The mean depth, in layers, at which the texts left.
    public let averageDepth: Double
    /// Multiply-adds, heads included, relative to the full model; `nil` without a cost model.
    public let relativeCompute: Double?
    /// The share of the texts that left at each exit, `[exits]`, summing to 1.
    public let shares: [Double]
}

extension CurvePoint {
    /// What a policy costs, for comparing policies: compute where it is known, else depth.
    var expense: Double { relativeCompute ?? averageDepth }
}

extension Trace {
    /// Replays a policy and measures it against the right answers, which the trace must have.
    public func point(
        _ policy: any ExitPolicy, cost: CostModel? = nil, quality: Quality = .accuracy
    ) -> CurvePoint {
        guard let gold, texts > 0 else { preconditionFailure("a curve needs right answers") }
        let answers = replay(policy)
        var counts = Array(repeating: 0, count: exits.count)
        for answer in answers { counts[answer.exit] += 1 }
        let depths = answers.reduce(0) { $0 + $1.depth }
        return CurvePoint(
            policy: policy.name, accuracy: quality(answers.map(\.prediction), gold),
            averageDepth: Double(depths) / Double(texts),
            relativeCompute: cost.map { relativeCompute(answers, of: policy, cost: $0) },
            shares: counts.map { Double($0) / Double(texts) })
    }

    /// The points of several policies, in their order.
    public func curve(
        _ policies: [any ExitPolicy], cost: CostModel? = nil, quality: Quality = .accuracy
    ) -> [CurvePoint] {
        policies.map { point($0, cost: cost, quality: quality) }
    }

    /// The quality of each exit if it answered for all texts, `[exits]`.
    public func exitQualities(_ quality: Quality = .accuracy) -> [Double] {
        depths.map { point(FixedDepth($0), quality: quality).accuracy }
    }
}
