import OfframpData
import OfframpExit

/// A row with its answer.
struct LabelledRow: Sendable {
    let row: Row
    let answer: OfframpExit.Answer
    /// Whether the text was cut to the model's length.
    let isTruncated: Bool
}

extension Classifier {
    /// Answers the good rows of a chunk; bad ones stay in their places.
    func labelled(
        _ chunk: [Result<Row, BadRow>]
    ) throws -> [Result<LabelledRow, BadRow>] {
        let texts = try encode(chunk.compactMap { try? $0.get() }.map { ($0.text, $0.pair) })
        let answers = answers(texts)
        var good = answers.indices.makeIterator()
        return chunk.map { row in
            row.map { row in
                guard let index = good.next() else { preconditionFailure("an answer a row") }
                return LabelledRow(
                    row: row, answer: answers[index], isTruncated: texts[index].isTruncated)
            }
        }
    }
}
