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
    /// What follows the colon at each point of a sweep, from the slowest to the fastest. Options
    /// that were given are kept; they need not be repeated.
    let sweep: @Sendable (PolicyArguments) -> [String]
    /// Makes the policy from what follows the colon.
    let build: @Sendable (PolicyArguments) throws -> any ExitPolicy

    init(
        name: String, syntax: String, summary: String, paper: String = "",
        tasks: Set<TaskKind> = [.classification], options: [String] = [],
        sweep: @escaping @Sendable (PolicyArguments) -> [String],
        build: @escaping @Sendable (PolicyArguments) throws -> any ExitPolicy
    ) {
        (self.name, self.syntax, self.summary, self.paper) = (name, syntax, summary, paper)
        (self.tasks, self.options) = (tasks, options)
        (self.sweep, self.build) = (sweep, build)
    }
}
