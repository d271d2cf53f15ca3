import OfframpExit
import OfframpTensor
import OfframpTraining
import Testing

/// What is learned for `beem`, `quota`, `gates` and `predicted`.
@Suite struct ThresholdFittingTests {
    /// 600 texts of 3 labels, the right one's logit the higher the deeper the exit.
    private static let trace: Trace = {
        var random = RandomSource(seed: 11)
        let labels = (0..<600).map { $0 % 3 }
        let logits = (1...4).map { exit in
            labels.flatMap { right in
                (0..<3).map { 2 * random.normal() + ($0 == right ? Float(2 * exit) : 0) }
            }
        }
        return Trace(depths: [0, 1, 2, 4], outputCount: 3, logits: logits, gold: .labels(labels))
    }()

    private static let context: PolicyContext = {
        let learned = try? PolicyFittings.fit(trace)
        return PolicyContext(outputCount: 3, depths: trace.depths, learned: learned ?? [:])
    }()

    @Test func `beem weighs every exit by its accuracy`() {
        let weights = Self.context.learned["beem"]?.elements?.compactMap { $0.double } ?? []
        #expect(weights.map { Float($0) } == Self.trace.exitQualities.map { Float($0) })
    }

    @Test(arguments: [[0, 1, 2, 4], [1, 2, 3, 6], [2, 3, 4, 12]])
    func `a quota keeps the mean depth at its budget`(depths: [Int]) throws {
        let trace = Trace(
            depths: depths, outputCount: 3, logits: Self.trace.exits.map(\.logits),
            gold: Self.trace.gold)
        let context = PolicyContext(
            outputCount: 3, depths: depths, learned: ["quota": try QuotaFitting().fit(trace)])
        let policies = try PolicyKind.sweep("quota", for: context)
        let last = Double(depths[3])
        let budgets = (1...19).map { Double($0) / 20 }.filter { $0 > Double(depths[0]) / last }
        #expect(policies.count == budgets.count)
        for (budget, policy) in zip(budgets, policies.reversed()) {
            let share = trace.point(policy).averageDepth / last
            #expect(share < budget + 0.005 && share > budget - 0.03, "\(policy.name): \(share)")
        }
    }

    @Test func `a smaller quota lets nobody go on for longer`() throws {
        let depths = try PolicyKind.sweep("quota", for: Self.context).map {
            Self.trace.replay($0).map(\.depth)
        }
        for (larger, smaller) in zip(depths, depths.dropFirst()) {
            #expect(zip(larger, smaller).allSatisfy(>=))
        }
    }

    /// Wrong answers, and what the layers cost, as gates count them.
    private func expense(_ policy: any ExitPolicy, price: Double) -> Double {
        let point = Self.trace.point(policy)
        return 1 - point.quality + price * point.averageDepth / 4
    }

    @Test(arguments: [0.01, 0.05, 0.2]) func `gates are worth more than any fixed depth`(
        price: Double
    ) throws {
        let gates = try PolicyKind.policy("gates:\(price)", for: Self.context)
        let fixed = Self.trace.depths.map { expense(FixedDepth($0), price: price) }
        let gated = expense(gates, price: price)
        #expect(fixed.allSatisfy { gated < $0 }, "\(gated), fixed depths \(fixed)")
    }

    @Test func `gates that are dear let texts leave earlier`() throws {
        let depths = try PolicyKind.sweep("gates", for: Self.context).map {
            Self.trace.point($0).averageDepth
        }
        #expect(depths == depths.sorted(by: >))
        #expect(depths.first ?? 0 > 1.5 && depths.last ?? 4 < 1, "\(depths)")
    }

    @Test(arguments: [0.05, 0.2, 0.5]) func `a predicted depth is worth no less than any fixed one`(
        price: Double
    ) throws {
        let policy = try PolicyKind.policy("predicted:\(price)", for: Self.context)
        let fixed = Self.trace.depths.map { expense(FixedDepth($0), price: price) }
        let predicted = expense(policy, price: price)
        #expect(fixed.allSatisfy { predicted < $0 + 0.005 }, "\(predicted), \(fixed)")
    }

    @Test func `a depth is predicted by what the first exit says, and no other`() throws {
        let policy = try PolicyKind.policy("predicted:0.3", for: Self.context)
        var random = RandomSource(seed: 3)
        let others = Self.trace.exits.enumerated().map { index, exit in
            index == 0 ? exit.logits : exit.logits.map { _ in random.normal() }
        }
        let changed = Trace(
            depths: Self.trace.depths, outputCount: 3, logits: others, gold: Self.trace.gold)
        let depths = Self.trace.replay(policy).map(\.depth)
        #expect(changed.replay(policy).map(\.depth) == depths)
        #expect(Set(depths).count > 1)
    }

    @Test func `texts whose logits are not numbers teach nothing`() throws {
        let broken = Trace(
            depths: [0, 1, 2, 4], outputCount: 3,
            logits: Self.trace.exits.map { exit in
                var logits = exit.logits
                logits[0] = .nan
                return logits
            }, gold: Self.trace.gold)
        let context = PolicyContext(
            outputCount: 3, depths: broken.depths,
            learned: try PolicyFittings.fit(broken))
        let answers = broken.replay(try PolicyKind.policy("gates:0.05", for: context))
        #expect(answers[0].depth == 4 && answers[1...].contains { $0.depth < 4 })
    }
}
