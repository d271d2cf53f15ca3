import Offramp
import OfframpData

/// A row with its answer.
struct AnsweredRow: Sendable {
    let row: Row
    let answer: Classification
    /// What every exit thought; empty unless asked for.
    var exits: [ExitExplanation] = []
    /// What every word did; empty unless asked for.
    var words: [WordEffect] = []
}

/// What is told of an answer besides.
struct Telling: Sendable {
    /// What every exit thought.
    var exits = false
    /// What every word did.
    var words = false
}

extension ClassifierCascade {
    /// Answers the good rows of a chunk; bad ones stay in their places. Only one classifier alone tells more.
    func answered(
        _ chunk: [Result<Row, BadRow>], telling: Telling = Telling()
    ) throws -> [Result<AnsweredRow, BadRow>] {
        let chunk = try refusingLong(chunk)
        let inputs = chunk.compactMap { try? $0.get() }.map { TextInput($0.text, pair: $0.pair) }
        let answers: [(Classification, [ExitExplanation])] =
            telling.exits
            ? try classifiers[0].explain(inputs).map { ($0.classification, $0.exits) }
            : try classify(inputs).map { ($0, []) }
        let words =
            telling.words ? try inputs.map(classifiers[0].wordEffects) : inputs.map { _ in [] }
        var good = zip(answers, words).makeIterator()
        return chunk.map { row in
            row.map { row in
                guard let ((answer, exits), words) = good.next() else {
                    preconditionFailure("an answer per row")
                }
                return AnsweredRow(row: row, answer: answer, exits: exits, words: words)
            }
        }
    }

    /// Makes bad rows of those whose texts are longer than the limit, where these are refused: they must not
    /// stop the others.
    func refusingLong(_ chunk: [Result<Row, BadRow>]) throws -> [Result<Row, BadRow>] {
        try classifiers.reduce(chunk) { try $1.refusingLong($0) }
    }
}

extension Classifier {
    fileprivate func refusingLong(
        _ chunk: [Result<Row, BadRow>]
    ) throws -> [Result<Row, BadRow>] {
        guard longTexts == .refuse else { return chunk }
        let inputs = chunk.map { row in
            (try? row.get()).map { TextInput($0.text, pair: $0.pair) } ?? ""
        }
        return zip(chunk, zip(inputs, try model.encode(inputs))).map { row, encoded in
            row.flatMap { row in
                guard encoded.1.isTruncated else { return .success(row) }
                let error = model.reader.tooLong(encoded.0).at(row.place)
                return .failure(BadRow(error, of: row))
            }
        }
    }
}
