import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTraining

/// What a user should know before and after a training.
struct TrainingSummary {
    private let rows: TrainingRows
    private let task: ModelTask
    private let metric: Metric
    /// The best answer that takes no notice of the texts.
    private let baseline: Prediction
    /// What it reaches on the validation rows.
    private let baselineQuality: Double

    /// The most labels that are named.
    private static let namedLabels = 12

    init(_ rows: TrainingRows, _ metric: Metric) {
        self.rows = rows
        task = ModelTask(rows.train.kind)
        self.metric = metric
        baseline = task.rules.baseline(rows.train.gold, outputCount: task.outputCount)
        let gold = rows.validation.gold
        let answers = [Prediction](repeating: baseline, count: gold.count)
        baselineQuality = metric(answers, gold) ?? 0
    }

    /// The task that was found, and what needs no model.
    var opening: [String] {
        let pairs = rows.train.rows.contains { $0.pair != nil } ? "pairs of texts" : "texts"
        guard task.rules.hasLabels else {
            return [
                "a regression from \(range) on \(pairs), the mean is "
                    + baseline.score.text(decimals: 2),
                "always the mean would reach no \(metric.title)",
            ]
        }
        let names = task.labelNames.prefix(Self.namedLabels).joined(separator: ", ")
        let labels = "\(task.labelNames.count) labels: \(names)"
        return [
            "\(task.kind == .multiLabel ? "multi-label" : "classification") of \(pairs), \(labels)"
                + (task.labelNames.count > Self.namedLabels ? ", …" : ""),
            "always \(name) would reach \(metric.text(baselineQuality)) \(metric.title)",
        ]
    }

    /// The least and the greatest of the numbers to be learned.
    private var range: String {
        let values = rows.train.rows.compactMap(\.target.value)
        return [values.min(), values.max()].compactMap { $0.map { JSON.number($0).text() } }
            .joined(separator: " to ")
    }

    /// What the exits and the operating points are worth.
    func closing(_ report: JobReport) -> [String] {
        warnings(report) + [
            "on \(report.textCount.grouped) texts that the heads did not learn from:"
        ]
            + points(report)
    }

    private func warnings(_ report: JobReport) -> [String] {
        let weak = zip(report.settings.depths, report.qualities)
            .filter { $0.1 <= baselineQuality }.map { "\($0.0)" }
        guard !weak.isEmpty else { return [] }
        let depths = weak.joined(separator: ", ")
        let head = try? HeadKind.named(report.settings.head)
        let advice =
            head?.pooling == .firstToken
            ? "; --head mean reads all tokens, where the first may say little" : ""
        return ["note: no better than always \(name): the exits at depth \(depths)\(advice)"]
    }

    private func points(_ report: JobReport) -> [String] {
        var table = TextTable(alignments: [.left, .left, .right, .left])
        for choice in report.choices {
            guard choice.policy != Full().name else {
                table.add([
                    choice.name, choice.policy, "100 %", "no early exit loses so little",
                ])
                continue
            }
            let (loss, error) = (choice.loss.value, choice.loss.standardError)
            table.add([
                choice.name, choice.policy, "\(choice.relativeCompute.percent) %",
                "of the compute, \(metric.text(difference: -loss)) ± \(bare(error))",
            ])
        }
        return table.text.split(separator: "\n").map(String.init)
    }

    private func bare(_ value: Double) -> Substring { metric.text(value).split(separator: " ")[0] }

    private var name: String {
        task.rules.hasLabels
            ? baseline.labels.map { task.labelNames[$0] }.joined(separator: " and ") : "the mean"
    }
}
