import OfframpTraining

extension ObjectiveKind {
    /// Losses for a test, taken in turn.
    static func testing(_ losses: any Objective...) -> ObjectiveKind {
        ObjectiveKind(name: "testing", summary: "", losses)
    }
}
