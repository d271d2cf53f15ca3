import Offramp
import OfframpData

/// A row with its answer.
struct AnsweredRow: Sendable {
    let row: Row
    let answer: Classification
    /// What every exit thought; empty unless asked for.
    let exits: [ExitExplanation]
}

extension Classifier {
    /// Answers the good rows of a chunk; bad ones stay in their places.
    ///
    /// - Parameter explaining: whether every exit is asked.
    func answered(
        _ chunk: [Result<Row, BadRow>], explaining: Bool = false
    ) throws -> [Result<AnsweredRow, BadRow>] {
        let inputs = chunk.compactMap { try? $0.get() }.map { TextInput($0.text, pair: $0.pair) }
        let answers: [(Classification, [ExitExplanation])] =
            explaining
            ? try explain(inputs).map { ($0.classification, $0.exits) }
            : try classify(inputs).map { ($0, []) }
        var good = answers.makeIterator()
        return chunk.map { row in
            row.map { row in
                guard let (answer, exits) = good.next() else {
                    preconditionFailure("an answer per row")
                }
                return AnsweredRow(row: row, answer: answer, exits: exits)
            }
        }
    }
}
