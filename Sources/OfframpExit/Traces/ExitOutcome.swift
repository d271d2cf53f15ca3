/// What became of a text at an exit.
public enum ExitOutcome: Sendable {
    /// The text went on to the next exit.
    case goesOn
    /// The text left here.
    case leaves
    /// The text had left before.
    case notReached
}
