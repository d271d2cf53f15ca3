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
                "predicted": .array(
                    (1..<count).flatMap { _ in
                        [-0.2, -0.1, 0.1, 0.2, 0.1].map { .number(Float($0)) }
                    }),
            ])
    }
}
