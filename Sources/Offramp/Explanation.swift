import OfframpExit

/// A classification, and how it came about. You get one from `Classifier.explain`.
public struct Explanation: Sendable, Equatable {
    /// The answer.
    public let classification: Classification
    /// What every exit thought, by ascending depth.
    public let exits: [ExitExplanation]

    init(classification: Classification, exits: [ExitExplanation]) {
        (self.classification, self.exits) = (classification, exits)
    }
}

/// What one exit thought of a text, and what the policy made of it.
public struct ExitExplanation: Sendable, Equatable {
    /// What the policy would answer if the text had to leave here: the exit's own answer, unless exits answer
    /// together, as those of an ensemble do. Its depth is the exit's.
    public let classification: Classification
    /// What became of the text here.
    public let outcome: ExitOutcome
    /// What the policy weighed here, as its `reason` says it; `nil` where it did not look, or says
    /// nothing.
    public let reason: String?

    init(_ thought: ExitThought, _ task: ModelTask, isTruncated: Bool) {
        let answer = Answer(prediction: thought.prediction, at: thought.place)
        classification = Classification(answer, task, isTruncated: isTruncated)
        reason = thought.reason
        outcome = thought.outcome
    }
}
