import OfframpData
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// A teacher's answers in a file, so that it need not answer again, or may be any other program.
///
/// A row has a text, or a pair, and in the column `probabilities` a JSON object with the probability of each
/// label, or in a regression a number in the column `label`: what `offramp label` writes. Of a text that is
/// there twice the first row counts.
package struct WrittenAnswers: Teacher {
    private let path: String
    /// The numbers of each text's row in `lines`.
    private let places: [TextInput: Int]
    private let lines: [Line]

    /// What one row says.
    private struct Line {
        let number: Int
        let answer: JSON?
    }

    /// Reads a file.
    ///
    /// - Parameter hasLabels: whether the task's answers are probabilities of labels.
    /// - Throws: `OfframpError` as `RowReader` does, and `data` for a bad row.
    package init(
        _ path: String, _ options: ReadingOptions = ReadingOptions(), hasLabels: Bool
    ) throws {
        let column = (hasLabels ? AddedColumn.probabilities : .label).rawValue
        var reader = try RowReader(path: path, options.withoutLabels)
        var places: [TextInput: Int] = [:]
        var lines: [Line] = []
        while let row = try reader.next() {
            let row = try row.mapError(\.error).get()
            let text = TextInput(row.text, pair: row.pair)
            guard places[text] == nil else { continue }
            places[text] = lines.count
            lines.append(
                Line(number: row.line, answer: row.fields.first { $0.key == column }?.value))
        }
        (self.path, self.places, self.lines) = (path, places, lines)
    }

    package func check(for task: ModelTask) throws {
        for line in lines { _ = try numbers(of: line, task) }
    }

    package func logits(of texts: [TextInput], task: ModelTask, workers: Workers) throws -> Tensor {
        let answers = try texts.flatMap { text in
            guard let place = places[text] else {
                throw OfframpError(
                    .data, at: path, found: "no answer to \(quoted(text.text))",
                    expected: "one to each text that is learned from")
            }
            return try numbers(of: lines[place], task)
        }
        return task.rules.logits(
            Tensor(answers, rows: texts.count, columns: task.outputCount))
    }

    /// The probability of each label, or the number.
    private func numbers(of line: Line, _ task: ModelTask) throws -> [Float] {
        if task.rules.hasLabels { return try probabilities(of: line, task.labelNames) }
        guard let number = line.answer.flatMap(Self.number), number.isFinite else {
            throw error(line, column: .label, expected: "a number")
        }
        return [number]
    }

    private func probabilities(of line: Line, _ labels: [String]) throws -> [Float] {
        let object = line.answer.flatMap { answer in
            answer.string.map { try? JSON(parsing: $0, from: path) } ?? answer
        }
        let found = labels.compactMap { object?[$0]?.double }
        guard found.count == labels.count, found.allSatisfy((0...1).contains) else {
            throw error(
                line, column: .probabilities,
                expected: "an object with the probability of each label: "
                    + labels.joined(separator: ", "))
        }
        return found.map { Float($0) }
    }

    /// A number, or in a table the text of one.
    private static func number(_ value: JSON) -> Float? {
        (value.double ?? value.string.flatMap(Double.init)).map { Float($0) }
    }

    private func error(_ line: Line, column: AddedColumn, expected: String) -> OfframpError {
        OfframpError(
            .data, at: "\(path):\(line.number), column \(quoted(column.rawValue))",
            found: line.answer?.text() ?? "no value", expected: expected)
    }
}
