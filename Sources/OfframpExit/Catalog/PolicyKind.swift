/// One kind of policy: what the command line, its help, a sweep and a checkpoint know about it.
package struct PolicyKind: Catalogued {
    package static let noun = "policy"

    /// The word before the colon.
    package let name: String
    /// How it is written, `entropy:T` for example.
    package let syntax: String
    /// When a text leaves, in one phrase.
    package let summary: String
    /// The paper that it comes from: authors and year.
    package let paper: String
    /// The tasks that it can decide on.
    package let tasks: Set<TaskKind>
    /// The options that it has.
    let options: [String]
    /// What a model lacks that the policy needs, and what would have it; `nil` where nothing is missing.
    let lacks: @Sendable (PolicyContext) -> (found: String, expected: String)?
    /// What follows the colon at each point of a sweep, from the slowest to the fastest. Options
    /// that were given are kept; they need not be repeated.
    let sweep: @Sendable (PolicyArguments) throws -> [String]
    /// Makes the policy from what follows the colon.
    let build: @Sendable (PolicyArguments) throws -> any ExitPolicy

    init(
        name: String, syntax: String, summary: String, paper: String = "",
        tasks: Set<TaskKind> = [.classification], options: [String] = [],
        lacks: @escaping @Sendable (PolicyContext) -> (found: String, expected: String)? = { _ in
            nil
        },
        sweep: @escaping @Sendable (PolicyArguments) throws -> [String],
        build: @escaping @Sendable (PolicyArguments) throws -> any ExitPolicy
    ) {
        (self.name, self.syntax, self.summary, self.paper) = (name, syntax, summary, paper)
        (self.tasks, self.options) = (tasks, options)
        (self.lacks, self.sweep, self.build) = (lacks, sweep, build)
    }
    /// Whether the policy can decide on a model's texts.
    package func isPossible(for context: PolicyContext) -> Bool {
        tasks.contains(context.task) && lacks(context) == nil
    }
}
