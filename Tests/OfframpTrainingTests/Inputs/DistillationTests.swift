import Glibc
import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTraining
import TestFiles
import TestModels
import Testing

@Suite struct TeachingTests {
    /// Trains a checkpoint to be learned from.
    private static func teacher(
        _ path: String, seed: UInt64 = 1, data: Dataset? = nil
    ) throws -> Checkpoint {
        let data = try data ?? TinyTask.dataset()
        var job = TrainingJob(
            source: try Checkpoint(SmallModel.folder), method: try Method.named("pabee"),
            settings: TinyTask.settings(epochs: 2, seed: seed),
            rows: TrainingRows(train: data, validation: data))
        job.workers = Workers(count: 1)
        _ = try job.run(output: path, overwriting: false, resuming: false) { _ in }
        return try Checkpoint(path)
    }

    private static func distillation(
        _ teachers: [any Teacher], task: ModelTask = TinyTask.task, share: Float = 0.4,
        temperature: Float = 2
    ) throws -> Distillation {
        var settings = DistillationSettings()
        settings.share = share
        settings.temperature = temperature
        return try Distillation(
            teachers: teachers, of: [], settings: settings, task: task, workers: Workers(count: 2))
    }

    /// What the last exit says of each row, one text at a time.
    private static func logits(_ teacher: Checkpoint, _ data: Dataset) throws -> [[Float]] {
        let model = try LoadedModel(teacher)
        return try data.inputs.map { try #require(try model.trace([$0]).exits.last).logits }
    }

    @Test func `soften each label by the mean of their tempered probabilities`() throws {
        let folder = TemporaryFolder()
        let teachers = [
            try Self.teacher(folder("a"), seed: 1), try Self.teacher(folder("b"), seed: 2),
        ]
        let labels = TinyTask.rows.map(\.label)
        let mixed = try Self.distillation(teachers).targets(of: TinyTask.dataset())
        let found = try #require(mixed.softened)
        #expect(mixed.gold == .labels(labels))
        let answers = try teachers.map { try Self.logits($0, TinyTask.dataset()) }
        for (row, label) in labels.enumerated() {
            // The probability of label 1 of two: a sigmoid of the difference.
            let taught = answers.map { 1 / (1 + exp(Double($0[row][0] - $0[row][1]) / 2)) }
            let expected = 0.6 * Double(label) + 0.4 * (taught[0] + taught[1]) / 2
            #expect(abs(Double(found.row(row)[1]) - expected) < 1e-6)
            #expect(abs(found.row(row)[0] + found.row(row)[1] - 1) < 1e-6)
        }
    }

    @Test func `are mixed with the values of a regression`() throws {
        let folder = TemporaryFolder()
        let data = TinyTask.regressionDataset()
        let teacher = try Self.teacher(folder("a"), data: data)
        let values = data.rows.compactMap { $0.target.value }
        let mixed = try Self.distillation([teacher], task: .regression).targets(of: data)
        let found = try #require(mixed.softened).values
        let answers = try Self.logits(teacher, data)
        for (index, value) in found.enumerated() {
            #expect(abs(value - (0.6 * values[index] + 0.4 * answers[index][0])) < 1e-5)
        }
    }

    @Test func `of other labels are refused`() throws {
        let folder = TemporaryFolder()
        let teacher = try Self.teacher(folder("a"), data: TinyTask.regressionDataset())
        let error = failure { try Self.distillation([teacher]) }
        #expect(error?.kind == .usage && error?.place == "teacher \(folder("a"))")
    }

    @Test func `are believed against the labels, if their share is all`() throws {
        let folder = TemporaryFolder()
        let right = try TinyTask.dataset()
        let teacher = try Self.teacher(folder("teacher"))
        let wrong = Dataset(
            name: "wrong", kind: right.kind,
            rows: TinyTask.rows.map {
                .init(text: $0.text, pair: $0.pair, target: .label(1 - $0.label))
            })
        var settings = TinyTask.settings(epochs: 6)
        settings.distillation.share = 1
        var job = TrainingJob(
            source: try Checkpoint(SmallModel.folder), method: try Method.named("pabee"),
            settings: settings,
            rows: TrainingRows(train: wrong, validation: right))
        job.workers = Workers(count: 1)
        job.teachers = [teacher]
        let student = try job.run(output: folder("out"), overwriting: false, resuming: false) {
            _ in
        }
        let taught = try #require(student.qualities.last)
        #expect(taught > 0.5, "the labels alone would teach the opposite")
    }

    @Test func `answer texts without labels`() throws {
        let folder = TemporaryFolder()
        let right = try TinyTask.dataset()
        let teacher = try Self.teacher(folder("teacher"))
        let answers = try Self.distillation([teacher], temperature: 1).targets(of: right.inputs)
        let logits = try Self.logits(teacher, right)
        #expect(answers.gold == .labels(logits.map { $0[1] > $0[0] ? 1 : 0 }))
        let wrong = Dataset(
            name: "wrong", kind: right.kind,
            rows: TinyTask.rows.map {
                .init(text: $0.text, pair: $0.pair, target: .label(1 - $0.label))
            })
        var job = TrainingJob(
            source: try Checkpoint(SmallModel.folder), method: try Method.named("pabee"),
            settings: TinyTask.settings(epochs: 3),
            rows: TrainingRows(train: wrong, validation: right))
        job.settings.distillation.share = 0
        job.workers = Workers(count: 1)
        job.teachers = [teacher]
        // The rows with labels teach the opposite, but there are four times as many without.
        job.unlabelled = (0..<4).flatMap { _ in right.inputs }
        let student = try job.run(output: folder("out"), overwriting: false, resuming: false) {
            _ in
        }
        #expect(try #require(student.qualities.last) > 0.5)
    }
}
