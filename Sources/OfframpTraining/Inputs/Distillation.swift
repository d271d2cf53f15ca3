import OfframpData
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// Targets mixed with what teachers say (knowledge distillation, Hinton et al. 2015): the distribution
/// `(1 - g) · label + g · mean softmax(z / T)`, or `(1 - g) · value + g · mean z` in a regression.
package struct Distillation {
    let teachers: [any Teacher]
    let settings: DistillationSettings
    let task: ModelTask
    let workers: Workers

    /// - Parameter texts: those that the teachers will answer.
    /// - Throws: `OfframpError` as `Teacher.check` does.
    package init(
        teachers: [any Teacher], of texts: [TextInput], settings: DistillationSettings,
        task: ModelTask, workers: Workers
    ) throws {
        self.teachers = teachers
        self.settings = settings
        self.task = task
        self.workers = workers
        for teacher in teachers { try teacher.check(texts, for: task) }
    }

    /// The targets of some rows, mixed with the answers of all teachers.
    ///
    /// - Throws: `OfframpError` (`data`) for a teacher with broken files.
    package func targets(of rows: Dataset) throws -> Targets {
        let gold = rows.gold
        guard !teachers.isEmpty else { return Targets(gold) }
        let certain = task.rules.certain(gold, outputCount: task.outputCount)
        let mixture =
            (1 - settings.share) * certain + settings.share * (try softAnswers(rows.inputs))
        return Targets(gold, softened: mixture)
    }

    /// What the teachers say of texts without labels, all of them together.
    ///
    /// - Throws: `OfframpError` (`data`) for a teacher with broken files.
    package func targets(of texts: [TextInput]) throws -> Targets {
        let answers = try softAnswers(texts)
        return Targets(task.rules.nearest(answers), softened: answers)
    }

    /// The mean of what the teachers say, `[texts, outputs]`; only one of them is in memory at a time.
    private func softAnswers(_ texts: [TextInput]) throws -> Tensor {
        let share = 1 / Float(teachers.count)
        let first = share * (try softAnswers(teachers[0], texts))
        return try teachers.dropFirst().reduce(first) { $0 + share * (try softAnswers($1, texts)) }
    }

    private func softAnswers(_ teacher: any Teacher, _ texts: [TextInput]) throws -> Tensor {
        let logits = try teacher.logits(of: texts, task: task, workers: workers)
        return task.rules.softened(logits, temperature: settings.temperature)
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
