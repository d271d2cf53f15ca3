import OfframpExit
import OfframpTensor
import Testing

@Suite struct CheapestPolicyTests {
    /// Ten texts of label 0 at depths 1, 2 and 3: right for 6, 9 and 10 of them.
    static let trace = Trace(
        (0..<10).map { text in [6, 9, 10].map { text < $0 ? [1, 0] : [0, 1] } },
        gold: .labels(Array(repeating: 0, count: 10)))

    static let cases: [(points: Double, policy: String)] = [
        (0, "full"), (9.9, "full"), (10, "depth:2"), (39, "depth:2"), (40, "depth:1"),
    ]

    @Test(arguments: cases)
    func `takes the shallowest within the allowed loss`(_ points: Double, _ policy: String) {
        let candidates = [FixedDepth(2), FixedDepth(1)]
        #expect(Self.trace.cheapest(of: candidates, within: points).policy == policy)
    }

    @Test func `of equally cheap policies the more accurate, then the earlier is taken`() {
        let atDepth1: [any ExitPolicy] = [
            Confidence(Thresholds(0.5)), FixedDepth(1), Entropy(Thresholds(9)),
        ]
        #expect(Self.trace.cheapest(of: atDepth1, within: 100).policy == "confidence:0.5")
        // The surest exit of none: all leave last, and as accurate as the full model.
        let atDepth3: [any ExitPolicy] = [
            Confidence(Thresholds(2), mostConfident: true), FixedDepth(3),
        ]
        #expect(
            Self.trace.cheapest(of: atDepth3, within: 100).policy == "confidence:2,most-confident"
        )
    }

    @Test func `compute counts before depth where it is known`() {
        // The second head costs more than the third layer.
        let trace = Trace(
            exits: Self.trace.exits, gold: Self.trace.gold, tokens: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2])
        let cost = CostModel(
            backbone: [1, 2, 3].map { TokenCost(perToken: $0) },
            heads: [0, 9, 0].map { TokenCost(constant: $0) })
        let chosen = trace.cheapest(of: [FixedDepth(2), FixedDepth(3)], within: 50, cost: cost)
        #expect(chosen.policy == "depth:3")
    }
}
