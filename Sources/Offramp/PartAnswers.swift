import OfframpEngine
import OfframpExit

/// What one part of a split checkpoint makes of texts. You get one from `ClassifierPart.classify`.
public struct PartAnswers: Sendable {
    /// An answer for each text, in their order; `nil` for those that are handed on.
    public let answers: [Classification?]
    /// The texts that no exit so far was sure of, in their order: what the next part classifies.
    public let handedOn: HandedOn

    /// The indices of the texts that are handed on, ascending. Whoever has the texts may also give these to any other
    /// `Classifier`, instead of the hidden states.
    public var waiting: [Int] { answers.indices.filter { answers[$0] == nil } }

    /// These answers, completed by those of the next part.
    ///
    /// - Parameter next: what the next part makes of `handedOn`, all of it.
    public func joined(with next: PartAnswers) -> PartAnswers {
        let waiting = waiting
        precondition(next.answers.count == waiting.count, "an answer for each text that waits")
        var joined = answers
        for (text, answer) in zip(waiting, next.answers) { joined[text] = answer }
        return PartAnswers(answers: joined, handedOn: next.handedOn)
    }
}
