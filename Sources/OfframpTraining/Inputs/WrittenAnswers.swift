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
    private let task: ModelTask
    /// The probability of each label, or the number, by text.
    private var answers: [TextInput: [Float]] = [:]

    /// Reads a file.
    ///
    /// - Parameter task: what is answered.
    /// - Throws: `OfframpError` as `RowReader` does, and `data` for a bad row or one without an answer.
    package init(
        _ path: String, _ options: ReadingOptions = ReadingOptions(), task: ModelTask
    ) throws {
        (self.path, self.task) = (path, task)
        var reader = try RowReader(path: path, options.withoutLabels)
        while let row = try reader.next() {
            let row = try row.mapError(\.error).get()
            let text = TextInput(row.text, pair: row.pair)
            if answers[text] == nil { answers[text] = try answer(row) }
        }
    }

    package func check(_ texts: [TextInput], for task: ModelTask) throws {
        precondition(task == self.task, "answers are read for the task of the data")
        for text in texts { _ = try answer(to: text) }
    }

    package func logits(of texts: [TextInput], task: ModelTask, workers: Workers) throws -> Tensor {
        let found = try texts.flatMap(answer(to:))
        return task.rules.logits(Tensor(found, rows: texts.count, columns: task.outputCount))
    }

    private func answer(to text: TextInput) throws -> [Float] {
        if let answer = answers[text] { return answer }
        throw OfframpError(
            .data, at: path, found: "no answer to \(quoted(text.text))",
            expected: "one to each text that is learned from")
    }

    private func answer(_ row: Row) throws -> [Float] {
        let column = task.rules.hasLabels ? AddedColumn.probabilities : .label
        let value = row.fields.first { $0.key == column.rawValue }?.value
        if task.rules.hasLabels {
            if let found = value.flatMap(probabilities) { return found }
        } else if let number = value.flatMap(Self.number), number.isFinite {
            return [number]
        }
        throw OfframpError(
            .data, at: "\(path):\(row.line), column \(quoted(column.rawValue))",
            found: value?.text() ?? "no value",
            expected: task.rules.hasLabels
                ? "an object with the probability of each label: "
                    + task.labelNames.joined(separator: ", ") : "a number")
    }

    /// The probabilities in an object, or in a table the text of one; `nil` unless each label has one.
    private func probabilities(_ value: JSON) -> [Float]? {
        let object = value.string.map { try? JSON(parsing: $0, from: path) } ?? value
        let found = task.labelNames.compactMap { object?[$0]?.double }
        guard found.count == task.labelNames.count, found.allSatisfy((0...1).contains) else {
            return nil
        }
        return found.map { Float($0) }
    }

    /// A number, or in a table the text of one.
    private static func number(_ value: JSON) -> Float? {
        (value.double ?? value.string.flatMap(Double.init)).map { Float($0) }
    }
}
