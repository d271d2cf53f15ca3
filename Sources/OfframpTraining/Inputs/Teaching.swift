import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor

/// Targets mixed with what trained models say (knowledge distillation, Hinton et al. 2015): the
/// distribution `(1 - g) · label + g · mean softmax(z / T)` over the last exits of the teachers, or
/// `(1 - g) · value + g · mean z` in a regression.
package struct Teaching {
    let teachers: [Checkpoint]
    let settings: TeachingSettings
    let task: ModelTask
    let workers: Workers

    /// - Throws: `OfframpError`: `usage` for a teacher of another task, `data` for one without exits.
    package init(
        teachers: [Checkpoint], settings: TeachingSettings, task: ModelTask, workers: Workers
    ) throws {
        self.teachers = teachers
        self.settings = settings
        self.task = task
        self.workers = workers
        for teacher in teachers { try check(teacher) }
    }

    /// Mixes the targets of some rows with the answers of all teachers.
    ///
    /// - Throws: `OfframpError` (`data`) for a teacher with broken files.
    package func mixed(_ targets: Targets, of rows: Dataset) throws -> Targets {
        guard !teachers.isEmpty else { return targets }
        var mixture = (1 - settings.share) * certain(targets)
        for teacher in teachers {
            let share = settings.share / Float(teachers.count)
            mixture = mixture + share * (try answers(teacher, rows))
        }
        switch targets {
        case .labels(let labels), .softened(let labels, _): return .softened(labels, mixture)
        case .values: return .values(mixture.values)
        }
    }

    /// The targets as a teacher who knew them would answer.
    private func certain(_ targets: Targets) -> Tensor {
        switch targets {
        case .labels(let labels):
            var values = [Float](repeating: 0, count: labels.count * task.outputs)
            for (row, label) in labels.enumerated() { values[row * task.outputs + label] = 1 }
            return Tensor(values, rows: labels.count, columns: task.outputs)
        case .softened(_, let distributions): return distributions
        case .values(let values): return Tensor(values, rows: values.count, columns: 1)
        }
    }

    private func check(_ teacher: Checkpoint) throws {
        guard teacher.task == task else {
            throw OfframpError(
                .usage, at: "teacher \(teacher.folder.path)",
                found: teacher.task.map { "the labels \($0.labels)" } ?? "no labels",
                expected: "the labels \(task.labels) of the data")
        }
        _ = try teacher.settings(teacher.defaultMethod())
    }

    private func answers(_ teacher: Checkpoint, _ rows: Dataset) throws -> Tensor {
        let logits = try logits(teacher, rows)
        switch task.kind {
        case .classification: return ((1 / settings.temperature) * logits).softmax()
        case .regression: return logits
        }
    }

    /// What the last exit of a teacher says.
    private func logits(_ teacher: Checkpoint, _ rows: Dataset) throws -> Tensor {
        let tokenizer = try teacher.tokenizer()
        let exits = try teacher.settings(try teacher.defaultMethod())
        let engine = Engine(
            model: try teacher.model(exits, exits.precision), task: task,
            temperatures: exits.temperatures, workers: workers)
        try teacher.checkSegments(for: rows.rows.lazy.map(\.pair))
        let texts = rows.rows.map { tokenizer.encode($0.text, pair: $0.pair) }
        let last = engine.trace(texts).exits[exits.depths.count - 1]
        return Tensor(last.logits, rows: texts.count, columns: task.outputs)
    }
}

/// How much is learned from teachers.
public struct TeachingSettings: Sendable, Equatable {
    /// `g`, the teachers' share of a target.
    public var share: Float = 0.5
    /// `T`, what the teachers' logits are divided by.
    public var temperature: Float = 2

    /// The usual settings.
    public init() {}
}
