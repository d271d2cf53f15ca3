import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// Who answers texts before a training, so that it learns from more than their labels.
package protocol Teacher: Sendable {
    /// Refuses early what answering would refuse.
    ///
    /// - Throws: `OfframpError`: `usage` for a teacher of another task, `data` for a text that it cannot answer.
    func check(_ texts: [TextInput], for task: ModelTask) throws

    /// What the teacher says, as logits, `[texts, outputs]`.
    ///
    /// - Throws: `OfframpError` (`data`) for broken files, or a text that it cannot answer.
    func logits(of texts: [TextInput], task: ModelTask, workers: Workers) throws -> Tensor
}

/// A trained checkpoint, which answers at its last exit.
extension Checkpoint: Teacher {
    package func check(_ texts: [TextInput], for task: ModelTask) throws {
        guard self.task == task else {
            throw OfframpError(
                .usage, at: "teacher \(folder.path)", found: self.task?.labelText ?? "no labels",
                expected: "\(task.labelText) of the data")
        }
        _ = try settings(defaultMethod())
        try checkSegments(for: texts.lazy.map(\.pair))
    }

    package func logits(of texts: [TextInput], task: ModelTask, workers: Workers) throws -> Tensor {
        let trace = try LoadedModel(self, workers: workers).trace(texts)
        return Tensor(
            trace.exits[trace.exits.count - 1].logits, rows: trace.textCount,
            columns: task.outputCount)
    }
}
