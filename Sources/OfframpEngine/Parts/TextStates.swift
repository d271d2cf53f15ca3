import OfframpExit
import OfframpTensor

/// Texts between two parts of a model: their hidden states, and what the exits so far have said of them.
package struct TextStates: Sendable {
    /// The states of one depth, `[tokens, width]`.
    package let hidden: Tensor
    /// Which rows belong to which text.
    package let texts: TextRanges
    /// Of each exit that has spoken, by ascending depth, a row per text.
    package let heard: [ExitOutput]

    /// Holds the states of some texts.
    package init(hidden: Tensor, texts: TextRanges, heard: [ExitOutput]) {
        precondition(hidden.rows == texts.tokens, "a row for each token")
        precondition(heard.allSatisfy { $0.textCount == texts.count }, "an output for each text")
        (self.hidden, self.texts, self.heard) = (hidden, texts, heard)
    }
}

extension TextStates {
    /// Some of the texts, in the order of `rows`.
    func gathered(_ rows: [Int]) -> TextStates {
        TextStates(
            hidden: hidden.gathering(rows: texts.rows(of: rows)), texts: texts.keeping(rows),
            heard: heard.map { $0.gathered(rows) })
    }

    /// The texts of several batches that have passed the same exits, one batch after the other.
    ///
    /// - Parameter width: of a hidden state, for no batches at all.
    static func joined(_ batches: [TextStates], width: Int) -> TextStates {
        let hidden =
            batches.isEmpty
            ? Tensor(unset: .matrix(0, width)) : Tensor(stacking: batches.map(\.hidden))
        let heard = batches.dropFirst().reduce(batches.first?.heard ?? []) { outputs, batch in
            precondition(outputs.count == batch.heard.count, "the same exits in every batch")
            return zip(outputs, batch.heard).map { $0.joined(with: $1) }
        }
        return TextStates(
            hidden: hidden, texts: TextRanges(joining: batches.map(\.texts)), heard: heard)
    }

    /// The logits of the exit right before a part's own, for heads that read them; `nil` where it has not spoken.
    func logits(before part: EarlyExitModel) -> Tensor? {
        guard let place = part.earlierPlaces.last,
            let output = heard.first(where: { $0.place == place })
        else { return nil }
        return Tensor(output.logits, rows: output.textCount, columns: output.outputCount)
    }
}
