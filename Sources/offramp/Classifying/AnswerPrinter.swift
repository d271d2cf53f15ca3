import Offramp
import OfframpData
import OfframpFiles

/// Writes the answers of `classify` as text or JSON.
struct AnswerPrinter: Sendable {
    let isJSON: Bool
    /// What gives the answers.
    let cascade: ClassifierCascade

    /// What is written for a row: one line, or a table before it; a bad row gives an empty line.
    func text(_ result: Result<AnsweredRow, BadRow>) -> String {
        switch result {
        case .failure(let row):
            let object: JSON = ["error": .string(row.error.description)]
            return isJSON ? object.text() + "\n" : "\n"
        case .success(let answered):
            return isJSON ? json(answered) : plain(answered)
        }
    }

    /// Label, score and depth, separated by tabs.
    private func plain(_ answered: AnsweredRow) -> String {
        let answer = answered.answer
        let way =
            "after \(answer.depth) of \(cascade.classifiers[answer.model].model.layerCount) layers"
            + (cascade.hasSeveral ? " of \(cascade.folders[answer.model])" : "")
            + (answer.isTruncated ? ", truncated" : "")
        let isTerminal = Notes.outputIsTerminal
        let exits =
            answered.exits.isEmpty
            ? "" : ExplanationTable(answered.exits, isTerminal: isTerminal).text
        let words =
            answered.words.isEmpty ? "" : WordTable(answered.words, isTerminal: isTerminal).text
        return exits + words + (answer.cells + [way]).joined(separator: "\t") + "\n"
    }

    private func json(_ answered: AnsweredRow) -> String {
        let (row, answer) = (answered.row, answered.answer)
        let probabilities = zip(cascade.labels, answer.probabilities).map {
            JSON.Member($0, .number($1))
        }
        var members = [JSON.Member("text", .string(row.text))]
        if let pair = row.pair { members.append(.init("pair", .string(pair))) }
        members += [
            .init("label", answer.labelValue), .init("score", answer.scoreValue),
            .init("probabilities", .object(probabilities)),
        ]
        if cascade.hasSeveral {
            members.append(.init("model", .string(cascade.folders[answer.model])))
        }
        members += [
            .init("exit", .number(answer.depth)), .init("truncated", .bool(answer.isTruncated)),
        ]
        if !answered.exits.isEmpty {
            members.append(.init("exits", .array(answered.exits.map(json))))
        }
        if !answered.words.isEmpty {
            members.append(.init("words", .array(answered.words.map(json))))
        }
        return JSON.object(members).text() + "\n"
    }

    private func json(_ word: WordEffect) -> JSON {
        [
            "word": .string(word.word), "pair": .bool(word.isInPair),
            "effect": .number(word.effect),
        ]
    }

    private func json(_ exit: ExitExplanation) -> JSON {
        [
            "depth": .number(exit.classification.depth), "label": exit.classification.labelValue,
            "score": exit.classification.scoreValue,
            "reason": exit.reason.map { .string($0) } ?? .null,
            "leaves": .bool(exit.outcome == .leaves),
        ]
    }
}
