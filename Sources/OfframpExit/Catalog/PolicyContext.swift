import OfframpFiles

/// What a policy must know of the model that it is built for.
package struct PolicyContext: Sendable {
    /// What the logits mean.
    package let task: TaskKind
    /// How many logits a text has.
    package let outputCount: Int
    /// The depths of all exits in layers, ascending; the last exit always answers.
    package let depths: [Int]
    /// Whether the heads give a signal beside their logits.
    package let hasSignals: Bool
    /// What policies have learned for these exits: an object, under the policies' names.
    package let learned: JSON

    /// Describes a model's exits.
    package init(
        task: TaskKind = .classification, outputCount: Int, depths: [Int],
        hasSignals: Bool = false, learned: JSON = [:]
    ) {
        precondition(outputCount >= 1 && !depths.isEmpty, "a model has an output and an exit")
        self.task = task
        self.outputCount = outputCount
        self.depths = depths
        self.hasSignals = hasSignals
        self.learned = learned
    }

    /// The same model after some policies have learned their numbers.
    func with(learned: JSON) -> PolicyContext {
        PolicyContext(
            task: task, outputCount: outputCount, depths: depths, hasSignals: hasSignals,
            learned: learned)
    }

    /// The entropy of knowing nothing.
    var largestEntropy: Float { task.rules.largestEntropy(outputCount: outputCount) }

    /// How many exits there are before the last.
    var innerExits: Int { depths.count - 1 }
}
