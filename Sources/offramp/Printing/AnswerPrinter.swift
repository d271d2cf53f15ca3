import OfframpData
import OfframpExit
import OfframpFiles

/// Puts the answers of `classify` into words or JSON.
struct AnswerPrinter: Sendable {
    let classifier: Classifier
    let isJSON: Bool
    /// Whether every exit is shown.
    let explains: Bool

    /// What is written for a row: one line, or a table before it; a bad row gives an empty line.
    func text(_ result: Result<LabelledRow, BadRow>) throws -> String {
        switch result {
        case .failure(let row):
            let object: JSON = ["error": .string(row.error.description)]
            return isJSON ? object.text() + "\n" : "\n"
        case .success(let labelled):
            let thoughts = explains ? try thoughts(labelled.row) : []
            return isJSON ? json(labelled, thoughts) : plain(labelled, thoughts)
        }
    }

    private func thoughts(_ row: Row) throws -> [ExitThought] {
        let text = try classifier.encode([(row.text, row.pair)])
        return classifier.engine.trace(text).explain(classifier.policy, text: 0)
    }

    private func plain(_ labelled: LabelledRow, _ thoughts: [ExitThought]) -> String {
        let line = classifier.line(labelled.answer, truncated: labelled.isTruncated) + "\n"
        return thoughts.isEmpty ? line : ExplanationTable(classifier, thoughts).text + line
    }

    private func json(_ labelled: LabelledRow, _ thoughts: [ExitThought]) -> String {
        var members = [JSON.Member("text", .string(labelled.row.text))]
        if let pair = labelled.row.pair { members.append(.init("pair", .string(pair))) }
        members += classifier.members(labelled.answer, truncated: labelled.isTruncated)
        if explains { members.append(.init("exits", .array(thoughts.map(json)))) }
        return JSON.object(members).text() + "\n"
    }

    private func json(_ thought: ExitThought) -> JSON {
        [
            "depth": .number(thought.place.depth),
            "label": classifier.label(thought.prediction),
            "score": classifier.score(thought.prediction),
            "reason": thought.reason.map { .string($0) } ?? .null,
            "leaves": .bool(thought.leaves),
        ]
    }
}
