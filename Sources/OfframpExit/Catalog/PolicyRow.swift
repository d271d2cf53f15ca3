/// One kind of policy: what the catalog, the help text and a sweep know about it.
public struct PolicyRow: Sendable {
    /// The word before the colon.
    public let name: String
    /// How it is written, `entropy:T` for example.
    public let syntax: String
    /// When a text leaves, in one phrase.
    public let summary: String
    /// The paper that it comes from: authors and year.
    public let paper: String
    /// The tasks that it can decide on.
    public let tasks: Set<TaskKind>
    /// The options that it has.
    let options: [String]
    /// What stands behind the colon along a sweep, from the slowest to the fastest.
    let sweep: @Sendable (PolicyContext) -> [String]
    /// Makes the policy from what stands behind the colon.
    let build: @Sendable (PolicyArguments) throws -> any ExitPolicy
}
