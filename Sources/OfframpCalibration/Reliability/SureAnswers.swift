import OfframpExit

/// The answers of one exit by how sure it is of them. Of texts with several labels every label is an answer of
/// its own.
struct SureAnswers {
    /// How sure the exit is of each answer, and whether it is right.
    let answers: [(confidence: Double, isRight: Bool)]

    /// The answers of an exit; those to texts whose probabilities are NaN are left out.
    ///
    /// - Parameter labels: the right ones of each text.
    init(_ exit: ExitOutput, _ labels: [Set<Int>]) {
        answers = labels.indices.flatMap { text in
            Self.answers(exit.observation(text), labels[text])
        }.filter { !$0.confidence.isNaN }
    }

    private static func answers(
        _ exit: ExitObservation, _ labels: Set<Int>
    ) -> [(confidence: Double, isRight: Bool)] {
        let prediction = exit.prediction
        guard exit.task == .multiLabel else {
            return [(Double(prediction.score), labels.contains(prediction.label))]
        }
        return exit.probabilities.enumerated().map { label, probability in
            let isGiven = probability >= 0.5
            return (Double(max(probability, 1 - probability)), isGiven == labels.contains(label))
        }
    }
}

extension Trace {
    /// The answers of every exit, `[exits]`; `nil` without right answers or probabilities.
    var sureAnswers: [SureAnswers]? {
        guard let gold, task.rules.hasLabels, textCount > 0 else { return nil }
        let labels = gold.labelsOfTexts.map(Set.init)
        return exits.map { SureAnswers($0, labels) }
    }
}
