import Glibc
import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import OfframpTraining
import TestFiles
import TestModels
import Testing

@Suite struct TrainingJobTests {
    private static func job(
        _ name: String, data: Dataset? = nil, source: String = SmallModel.folder
    ) throws -> TrainingJob {
        let data = try data ?? TinyTask.dataset()
        var job = TrainingJob(
            source: try Checkpoint(source), method: try Method.named(name),
            settings: TinyTask.settings(),
            rows: TrainingRows(train: data, validation: data))
        job.workers = Workers(count: 2)
        return job
    }

    @discardableResult
    private static func run(
        _ job: TrainingJob, _ output: String, overwriting: Bool = false
    ) throws -> JobReport {
        try job.run(output: output, overwriting: overwriting, resuming: false) { _ in }
    }

    private static func answers(_ path: String, _ method: String) throws -> [Answer] {
        let checkpoint = try Checkpoint(path)
        let model = try LoadedModel(checkpoint, checkpoint.settings(method))
        return model.engine.answers(
            try model.encode(["the film was good", "", "cold"]),
            policy: try PolicyKind.policy(model.settings.policy, for: model.context))
    }

    /// The policies that learn something, by the task.
    private static let learning: [TaskKind: [String]] = [
        .classification: ["ensemble", "beem", "quota", "gates", "predicted"],
        .multiLabel: ["beem", "quota"], .regression: [],
    ]

    @Test(arguments: Method.names, TaskKind.allCases)
    func `writes a checkpoint that answers, whatever the method and task`(
        name: String, kind: TaskKind
    ) throws {
        let folder = TemporaryFolder()
        let data = try TinyTask.dataset(of: kind)
        let report = try Self.run(Self.job(name, data: data), folder("out"))
        #expect(report.settings == (try Checkpoint(folder("out")).settings(name)))
        #expect(report.qualities.count == report.settings.depths.count)
        #expect(report.settings.operatingPoints.map(\.key) == ["fast", "balanced", "accurate"])
        #expect(report.settings.learned.members?.map(\.key) == Self.learning[kind])
        let answers = try Self.answers(folder("out"), name)
        #expect(answers.count == 3 && answers.allSatisfy { $0.prediction.score.isFinite })
        let probabilities = kind == .regression ? 0 : 2
        #expect(answers.allSatisfy { $0.prediction.probabilities.count == probabilities })
        #expect(try Checkpoint(folder("out")).methods == [name])
        #expect(try Checkpoint(folder("out")).task?.kind == kind)
    }

    /// First tokens differ less from text to text than rounded weights shift them.
    @Test(arguments: ["pabee", "deebert", "offramp", "fastbert"], [ElementType.int8, .float16])
    func `heads learn from the states of the backbone as it is stored`(
        method: String, type: ElementType
    ) throws {
        let folder = TemporaryFolder()
        try CheckpointWriter(folder("rounded"), overwriting: false)
            .write(Checkpoint(SmallModel.folder), as: type)
        let heads = try [SmallModel.folder, folder("rounded")].enumerated().map { index, source in
            var job = try Self.job(method, source: source)
            (job.settings.freezesBackbone, job.storage) = (true, type)
            try Self.run(job, folder("\(index)"))
            return try SafetensorsFile(path: folder("\(index)/exits/\(method).safetensors"))
                .tensorsByName()
        }
        #expect(heads[0].mapValues(\.values) == heads[1].mapValues(\.values))
    }

    @Test(arguments: [ElementType.int8, .float16])
    func `heads that bear rounding are stored in two bytes a weight`(type: ElementType) throws {
        let folder = TemporaryFolder()
        var job = try Self.job("mebert")
        (job.settings.freezesBackbone, job.storage) = (true, type)
        try Self.run(job, folder("out"))
        let heads = try SafetensorsFile(path: folder("out/exits/mebert.safetensors"))
        #expect(heads.stored("exits.1.classifier.weight")?.type == .float16)
    }

    /// Units are interchangeable: the mean of two that do not stand for the same is no unit of either.
    @Test func `heads start alike whatever the seed, so that runs can be averaged`() throws {
        let folder = TemporaryFolder()
        let heads = try [UInt64(1), 2].map { seed in
            var job = try Self.job("offramp")
            (job.settings.seed, job.settings.learningRate) = (seed, 1e-9)
            try Self.run(job, folder("\(seed)"))
            return try SafetensorsFile(path: folder("\(seed)/exits/offramp.safetensors"))
                .tensorsByName()
        }
        for (name, tensor) in heads[0] {
            #expect(
                largestDifference(tensor.values, heads[1][name]?.values ?? []) < 1e-5, "\(name)")
        }
    }

    @Test func `operating points are measured with what policies have just learned`() throws {
        let folder = TemporaryFolder()
        var settings = try Self.run(Self.job("ztw"), folder("out")).settings
        let model = try LoadedModel(Checkpoint(folder("out")), settings)
        let budget = try #require(try PolicyKind.sweep("quota", for: model.context).last)
        settings.operatingPoints = [JSON.Member("fast", .string(budget.name))]
        var unlearned = settings
        unlearned.learned = [:]
        let early = try LoadedModel(Checkpoint(folder("out")), unlearned)
        let trace = try early.trace(TinyTask.dataset())
        let results = try ExitResults(trace, early, settings)
        #expect(results.json["operating_points"]?.elements?.count == 1)
    }

    @Test func `adds frozen heads to a checkpoint beside those that are there`() throws {
        let folder = TemporaryFolder()
        try Self.run(Self.job("pabee"), folder("out"))
        let before = try Self.answers(folder("out"), "pabee")
        var job = try Self.job("ztw", source: folder("out"))
        job.settings.freezesBackbone = true
        try Self.run(job, folder("out"))
        #expect(try Checkpoint(folder("out")).methods == ["pabee", "ztw"])
        #expect(try Self.answers(folder("out"), "pabee") == before)
        #expect(try Self.answers(folder("out"), "ztw").count == 3)
    }

    /// Heads that are solved for are cross-validated: their answers to the rows to learn from count as new ones.
    private static func chosenOn(_ source: String, _ data: Dataset, output: String) throws -> Int {
        var job = try Self.job("mebert", data: data, source: source)
        job.settings.freezesBackbone = true
        return try Self.run(job, output).textCount
    }

    @Test func `policies are chosen on rows to learn from only where these are like new ones`()
        throws
    {
        // Without a classifier, of which nobody knows what it has learned.
        let folder = TemporaryFolder()
        let fresh = folder("backbone")
        try TinyBackbone.write(to: fresh)
        let words = TinyBackbone.words
        let rows = words.flatMap { first in
            words.map {
                Dataset.Row(text: "\(first) \($0)", target: .label($0.count % 2))
            }
        }
        let kind = try TinyTask.dataset().kind
        let data = Dataset(name: "pairs of words", kind: kind, rows: rows)
        let twice = Dataset(name: "twice", kind: kind, rows: rows + rows)
        #expect(try Self.chosenOn(fresh, data, output: folder("first")) == 2 * rows.count)
        #expect(try Self.chosenOn(folder("first"), data, output: folder("next")) == 2 * rows.count)
        #expect(try Self.chosenOn(fresh, twice, output: folder("twice")) == twice.rows.count)
    }

    /// A backbone that has learned the rows knows them, and so do folders of heads on it.
    @Test func `policies are not chosen on rows that a backbone has learned`() throws {
        let folder = TemporaryFolder()
        let data = try TinyTask.dataset()
        let count = data.rows.count
        try Self.run(Self.job("pabee"), folder("tuned"))
        #expect(try Self.chosenOn(folder("tuned"), data, output: folder("heads")) == count)
        #expect(try Self.chosenOn(folder("heads"), data, output: folder("more")) == count)
    }

    @Test func `refuses other labels beside heads that are there`() throws {
        let folder = TemporaryFolder()
        try Self.run(Self.job("pabee"), folder("out"))
        var job = try Self.job(
            "ztw", data: TinyTask.regressionDataset(), source: folder("out"))
        job.settings.freezesBackbone = true
        #expect(failure { try Self.run(job, folder("out")) }?.kind == .usage)
    }

    @Test(arguments: [
        "config.json", "model.safetensors", "vocab.txt", "exits/pabee.json",
        "exits/pabee.safetensors",
    ])
    func `refuses before it trains what it would refuse afterwards`(name: String) throws {
        let folder = TemporaryFolder()
        mkdir(folder("exits"), 0o755)
        let file = folder.file(name, "mine")
        let job = try Self.job("pabee")
        let error = failure {
            try job.run(output: folder.path, overwriting: false, resuming: false) { event in
                Issue.record("\(event)")
            }
        }
        #expect(error?.kind == .usage && error?.place == file)
        #expect(try MappedFile(path: file).withBytes { Array($0) } == Array("mine".utf8))
    }

    @Test(arguments: [[], [3], [2, 1], [1, 1], [-1, 2]])
    func `refuses depths that are not those of the encoder, ascending`(depths: [Int]) throws {
        let folder = TemporaryFolder()
        var job = try Self.job("pabee")
        job.depths = depths
        #expect(failure { try Self.run(job, folder("out")) }?.kind == .usage)
    }

    @Test func `refuses texts longer than the encoder reads`() throws {
        let folder = TemporaryFolder()
        var job = try Self.job("pabee")
        job.maximumLength = 21
        #expect(failure { try Self.run(job, folder("out")) }?.kind == .usage)
    }

    @Test func `leaves no state behind when it is done`() throws {
        let folder = TemporaryFolder()
        try Self.run(Self.job("pabee"), folder("out"))
        var status = stat()
        #expect(stat(folder("out/exits/.pabee.state.safetensors"), &status) != 0)
    }
}
