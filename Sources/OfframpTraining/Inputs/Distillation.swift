import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor

/// Targets mixed with what trained models say (knowledge distillation, Hinton et al. 2015): the
/// distribution `(1 - g) · label + g · mean softmax(z / T)` over the last exits of the teachers, or
/// `(1 - g) · value + g · mean z` in a regression.
package struct Distillation {
    let teachers: [Checkpoint]
    let settings: DistillationSettings
    let task: ModelTask
    let workers: Workers

    /// - Throws: `OfframpError`: `usage` for a teacher of another task, `data` for one without exits.
    package init(
        teachers: [Checkpoint], settings: DistillationSettings, task: ModelTask, workers: Workers
    ) throws {
        self.teachers = teachers
        self.settings = settings
        self.task = task
        self.workers = workers
        for teacher in teachers { try check(teacher) }
    }

    /// The targets of some rows, mixed with the answers of all teachers.
    ///
    /// - Throws: `OfframpError` (`data`) for a teacher with broken files.
    package func targets(of rows: Dataset) throws -> Targets {
        let gold = rows.gold
        guard !teachers.isEmpty else { return Targets(gold) }
        let certain = task.rules.certain(gold, outputCount: task.outputCount)
        var mixture = (1 - settings.share) * certain
        for teacher in teachers {
            let share = settings.share / Float(teachers.count)
            mixture = mixture + share * (try softAnswers(teacher, rows))
        }
        return Targets(gold, softened: mixture)
    }

    private func check(_ teacher: Checkpoint) throws {
        guard teacher.task == task else {
            throw OfframpError(
                .usage, at: "teacher \(teacher.folder.path)",
                found: teacher.task?.labelText ?? "no labels",
                expected: "\(task.labelText) of the data")
        }
        _ = try teacher.settings(teacher.defaultMethod())
    }

    /// What the last exit of a teacher says, `[rows, outputs]`; only one teacher is in memory at a
    /// time.
    private func softAnswers(_ teacher: Checkpoint, _ rows: Dataset) throws -> Tensor {
        let trace = try LoadedModel(teacher, workers: workers).trace(rows)
        let logits = trace.exits[trace.exits.count - 1].logits
        return task.rules.softened(
            Tensor(logits, rows: trace.textCount, columns: task.outputCount),
            temperature: settings.temperature)
    }
}

/// How much is learned from teachers.
package struct DistillationSettings: Sendable, Equatable {
    /// `g`, the teachers' share of a target.
    package var share: Float = 0.5
    /// `T`, what the teachers' logits are divided by.
    package var temperature: Float = 2

    /// The usual settings.
    package init() {}
}
