/// What a policy makes of one exit.
public enum ExitDecision: Sendable, Equatable {
    /// The text leaves with this answer, which need not be the exit's own.
    case stop(Prediction)
    /// The text goes on to the next exit.
    case goOn
}

extension ExitDecision {
    /// Leaves with the exit's own answer if that is sure enough.
    public static func leave(_ exit: ExitObservation, if isSure: Bool) -> ExitDecision {
        isSure ? .stop(exit.prediction) : .goOn
    }
}
