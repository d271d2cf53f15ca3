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

    /// Decides whether one text leaves at one exit that the policy looks at. At the last exit it leaves whatever is decided.
    func decide(_ exit: ExitObservation, _ memory: inout Memory) -> Bool

    /// The answer to a text that leaves here, or would if its time were up; asked after `decide`, where
    /// the policy looks at the exit.
    func answer(_ exit: ExitObservation, _ memory: Memory) -> Prediction

    /// What the decision was based on, for people to read; asked after `decide`.
    func reason(_ exit: ExitObservation, _ memory: Memory) -> String?
}

extension ExitPolicy {
    /// Every exit is read unless a policy says otherwise.
    public func reads(_ exit: ExitPlace, _ memory: Memory) -> Bool { true }

    /// The exit's own answer unless a policy has another one, as an ensemble has.
    public func answer(_ exit: ExitObservation, _ memory: Memory) -> Prediction { exit.prediction }

    /// Nothing is explained unless a policy does.
    public func reason(_ exit: ExitObservation, _ memory: Memory) -> String? { nil }
}

extension ExitPolicy where Memory == Void {
    /// Nothing to remember.
    public func begin() {}
}
