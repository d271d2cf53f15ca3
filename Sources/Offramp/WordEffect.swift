import OfframpExit
import OfframpTokenizer

/// What one word of a text did to its answer. You get it from `Classifier.wordEffects(of:)`.
public struct WordEffect: Sendable, Equatable {
    /// The word as it stands in the text, punctuation included.
    public let word: String
    /// Whether it stands in the second text of a pair.
    public let isInPair: Bool
    /// How much the answer owes to the word: by how much the label's probability falls, or the number of a
    /// regression, when the word is left out. Below 0 for a word that speaks against the answer.
    public let effect: Float
}

extension Classifier {
    /// What each word did to the answer: the text is classified again without it (leave-one-out, Li, Monroe &
    /// Jurafsky 2016). All of these texts run as one call.
    ///
    /// Probabilities are those of the exit where the whole text left, so that they differ by the word alone.
    ///
    /// - Returns: the words in their order; those behind the end of a text that was cut have no effect.
    /// - Throws: `OfframpError` (`data`) for a pair where the model reads single texts only.
    public func wordEffects(of input: TextInput) throws -> [WordEffect] {
        let answer = try classify(input)
        let left = input.withoutEachWord
        let atSameExit = with(policy: policy.leaving(at: answer.depth))
        let answers = try atSameExit.classify([input] + left.map(\.rest))
        let label = model.task.labelNames.firstIndex(of: answer.label)
        func certainty(_ answer: Classification) -> Float {
            answer.value ?? label.map { answer.probabilities[$0] } ?? .nan
        }
        return zip(left, answers.dropFirst()).map { word, without in
            WordEffect(
                word: word.word, isInPair: word.isInPair,
                effect: certainty(answers[0]) - certainty(without))
        }
    }
}

extension TextInput {
    /// Each word, and the input without it.
    fileprivate var withoutEachWord: [(word: String, isInPair: Bool, rest: TextInput)] {
        let first = text.withoutEachWord.map { ($0.word, false, TextInput($0.rest, pair: pair)) }
        let second = pair?.withoutEachWord.map { ($0.word, true, TextInput(text, pair: $0.rest)) }
        return first + (second ?? [])
    }
}

extension String {
    fileprivate var withoutEachWord: [(word: String, rest: String)] {
        wordRanges.map {
            (String(self[$0]), String(self[..<$0.lowerBound] + self[$0.upperBound...]))
        }
    }
}
