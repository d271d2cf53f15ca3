import OfframpExit
import OfframpFiles

/// The policies of every sweep that suit some exits, learned numbers given to those that need them.
package enum EveryPolicy {
    /// Builds them.
    package static func suiting(
        _ task: ModelTask, depths: [Int], hasSignals: Bool = false
    ) throws -> [any ExitPolicy] {
        let context = try context(task, depths: depths, hasSignals: hasSignals)
        return try PolicyKind.catalog.filter { $0.isPossible(for: context) }
            .flatMap { try PolicyKind.sweep($0.name, for: context) }
    }

    /// Exits whose policies have learned something.
    private static func context(
        _ task: ModelTask, depths: [Int], hasSignals: Bool
    ) throws -> PolicyContext {
        let (count, labels) = (depths.count, task.outputCount)
        let ensemble = try EnsembleWeights(
            exits: count, labels: labels,
            weights: (0..<count * count).map { 0.1 * Float($0 % 7) - 0.3 },
            biases: (0..<count * labels).map { 0.2 * Float($0 % 3) - 0.2 })
        return PolicyContext(
            task: task.kind, outputCount: labels, depths: depths, hasSignals: hasSignals,
            learned: [
                "ensemble": ensemble.json,
                "quota": LearnedTable(
                    options: [0.5], rows: [Array(repeating: 0.6, count: count - 1)]
                ).json,
                "gates": LearnedTable(
                    options: [0.1],
                    rows: [(1..<count).flatMap { _ in [1, 0.5, 0, 0, -0.8] }]
                ).json,
                "predicted": .array(choosingByProbability(inner: count - 1)),
            ])
    }

    /// Weights of `predicted` with which texts choose different exits: the surer the first exit, the earlier, since
    /// t² - 2tp is least for the t next to the largest probability p. Of the last exit it is 0: below p² = 0.33 none is
    /// cheaper.
    private static func choosingByProbability(inner exits: Int) -> [JSON] {
        (0..<exits).flatMap { exit in
            let t = 0.8 - 0.5 * Float(exit) / Float(exits)
            return [-2 * t, 0, 0, 0, t * t + 0.33].map { JSON.number(Float($0)) }
        }
    }
}
