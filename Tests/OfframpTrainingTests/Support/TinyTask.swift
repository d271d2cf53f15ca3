import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer
import OfframpTraining
import TestModels

/// Forty short texts that a small model can tell apart by one word, and settings to learn them.
enum TinyTask {
    static let task: ModelTask = .classification(["bad", "good"])
    private static let good = ["good", "fine", "great", "warm"]
    private static let bad = ["bad", "poor", "dull", "cold"]
    private static let nouns = ["film", "play", "song", "meal", "day"]

    /// The texts with their labels, alternately good and bad.
    static let rows: [(text: String, pair: String?, label: Int)] = nouns.flatMap { noun in
        zip(good, bad).flatMap { good, bad in
            [
                ("the \(noun) was \(good)", noun == "song" ? "we liked it" : nil, 1),
                ("it was a very \(bad) \(noun) and they left", nil, 0),
            ]
        }
    }

    static func set() throws -> TrainingSet {
        TrainingSet(texts: try texts(), targets: Targets(.labels(rows.map(\.label))))
    }

    /// The same texts with 1 or 4 to answer.
    static func regressionSet() throws -> TrainingSet {
        TrainingSet(
            texts: try texts(), targets: Targets(.values(rows.map { $0.label == 1 ? 4 : 1 })))
    }

    private static func texts() throws -> [Encoding] {
        let tokenizer = try Checkpoint(SmallModel.folder).tokenizer()
        return rows.map { tokenizer.encode($0.text, pair: $0.pair) }
    }

    static func dataset() throws -> Dataset {
        Dataset(
            name: "tiny", kind: .labels(try LabelSet(task.labelNames)),
            rows: rows.map { .init(text: $0.text, pair: $0.pair, target: .label($0.label)) })
    }

    static func regressionDataset() -> Dataset {
        Dataset(
            name: "tiny", kind: .value,
            rows: rows.map { .init(text: $0.text, target: .value($0.label == 1 ? 4 : 1)) })
    }

    /// The same texts with any of two labels: whether they praise, and whether they are about a film.
    static func multiLabelDataset() throws -> Dataset {
        Dataset(
            name: "tiny", kind: .labelSets(try LabelSet(["good", "film"])),
            rows: rows.map { row in
                let labels = [row.label == 1, row.text.contains("film")]
                return Dataset.Row(
                    text: row.text, target: .labels(labels.indices.filter { labels[$0] }))
            })
    }

    /// The texts as rows of some task.
    static func dataset(of kind: TaskKind) throws -> Dataset {
        switch kind {
        case .classification: return try dataset()
        case .multiLabel: return try multiLabelDataset()
        case .regression: return regressionDataset()
        }
    }

    static func settings(epochs: Int? = 1, seed: UInt64 = 1) -> TrainingSettings {
        var settings = TrainingSettings()
        settings.batchSize = 8
        settings.epochs = epochs
        settings.seed = seed
        settings.stepsBetweenSaves = 2
        return settings
    }

    static func trainer(
        _ method: Method, _ settings: TrainingSettings = settings(), task: ModelTask = task,
        workers: Int = 2, stateFile: String? = nil
    ) -> Trainer {
        Trainer(
            method: method, settings: settings, task: task, workers: Workers(count: workers),
            stateFile: stateFile)
    }

    static func model(
        _ method: Method, frozen: Bool = false, outputCount: Int = 2, depths: [Int]? = nil
    ) throws -> EarlyExitModel {
        try SmallModel.model(
            method.head.kind(pairs: false, frozen: frozen), signal: method.signal(frozen: frozen),
            depths: depths ?? method.depths(layers: 2),
            outputCount: outputCount)
    }
}
