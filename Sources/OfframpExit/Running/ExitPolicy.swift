/// Decides, exit by exit, whether one text leaves.
///
/// A policy sees one text at a time and remembers only what it put into that text's own memory, so
/// an answer cannot depend on the other texts of a batch.
public protocol ExitPolicy: Sendable {
    /// What is remembered about one text from exit to exit; `Void` for a policy that needs nothing.
    associatedtype Memory: Sendable = Void

    /// The policy as the catalog reads it, `entropy:0.3` for example.
    var name: String { get }

    /// The memory of a text that has seen no exit yet.
    func begin() -> Memory

    /// Whether the policy looks at the next exit of a text: a head that is not read need not run. The
    /// last exit always is.
    func reads(_ exit: ExitPlace, _ memory: Memory) -> Bool

    /// Decides about one text at one exit that the policy looks at. At the last exit `.goOn` means that exit's own answer.
    func decide(_ exit: ExitObservation, _ memory: inout Memory) -> ExitDecision

    /// What the decision was based on, for people to read; asked after `decide`.
    func reason(_ exit: ExitObservation, _ memory: Memory) -> String?
}

extension ExitPolicy {
    /// Every exit is read unless a policy says otherwise.
    public func reads(_ exit: ExitPlace, _ memory: Memory) -> Bool { true }

    /// Nothing is explained unless a policy does.
    public func reason(_ exit: ExitObservation, _ memory: Memory) -> String? { nil }
}

extension ExitPolicy where Memory == Void {
    /// Nothing to remember.
    public func begin() {}
}
