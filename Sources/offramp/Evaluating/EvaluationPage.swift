import Offramp
import OfframpCalibration
import OfframpData
import OfframpExit

/// An evaluation as one page: what was found, and where the classifier fails.
struct EvaluationPage {
    let evaluation: Evaluation
    let dataset: Dataset
    /// The names of the files.
    let files: [String]

    private static let mostConfused = 20

    /// The file.
    func html() throws -> String {
        let task = evaluation.classifier.model.task
        let telling = evaluation.tellingTexts
        var page = Page(title: "How \(files.joined(separator: ", ")) was classified")
        page.add(
            "The figures", [PageTable(caption: "The figures", lines: evaluation.summary).markup])
        page.add(
            "Quality against compute",
            note:
                "Every threshold of the policy's kind, beside leaving at one depth whatever the exits say. "
                + "A policy is worth what it is above that line.",
            [try evaluation.plot().picture.markup])
        page.add(
            "Exits",
            note: "What each exit would reach if it answered all texts, and how many left there.",
            [table("Exits", evaluation.exitFigures)])
        page.add(
            "How far confidence can be believed",
            note:
                "The share of right answers by confidence. On the dashed line an exit is as often right as it "
                + "is sure; below it, it is too sure. A larger dot stands for more answers.",
            reliability)
        page.add("Labels", labelTables)
        page.add(
            "Labels given for right ones", note: confusionNote, confusion)
        page.add(
            "Where texts left",
            note: "The share of each group's texts that left at each depth.", departures)
        page.add(
            "The surest wrong answers",
            texts(telling.overconfident, "The surest wrong answers", task))
        page.add(
            "The hardest texts", note: hardestNote,
            texts(telling.hardest, "The hardest texts", task))
        return page.html
    }

    private var reliability: [Markup] {
        let panels = zip(evaluation.exits, evaluation.reliabilityBins).map { exit, bins in
            Markup.element(
                "div",
                [
                    .element("h3", words: "Depth \(exit.depth)"),
                    ReliabilityPlot(bins, depth: exit.depth).picture.markup,
                ])
        }
        return panels.isEmpty ? [] : [.element("div", ["class": "panels"], panels)]
    }

    private var labelTables: [Markup] {
        guard !evaluation.labels.isEmpty else { return [] }
        return [
            table("Labels", evaluation.labelFigures), table("Averages", evaluation.averageFigures),
        ]
    }

    // Confusion.

    private var confusionNote: String {
        showsMatrix
            ? "A row for each right label, a column for each given one."
            : "The pairs of labels that are confused most often."
    }

    private var showsMatrix: Bool {
        (evaluation.confusion?.counts.count ?? 0) <= Evaluation.mostColumns
    }

    private var confusion: [Markup] {
        guard let counts = evaluation.confusion?.counts else { return [] }
        let labels = evaluation.classifier.labels
        return [showsMatrix ? matrix(counts, labels) : confusedPairs(counts, labels)]
    }

    private func matrix(_ counts: [[Int]], _ labels: [String]) -> Markup {
        let rows = zip(labels, counts).map { label, counts in
            let all = Double(max(counts.reduce(0, +), 1))
            return [PageTable.Cell(label)]
                + counts.map { PageTable.Cell($0.grouped, .heat(Double($0) / all)) }
        }
        return PageTable(
            caption: "Labels given for right ones",
            titles: [.init("right")] + labels.map { .init($0, .number) }, rows: rows
        ).markup
    }

    private func confusedPairs(_ counts: [[Int]], _ labels: [String]) -> Markup {
        let pairs = counts.indices.flatMap { right in
            counts.indices.filter { $0 != right && counts[right][$0] > 0 }.map {
                (right: right, given: $0, count: counts[right][$0])
            }
        }
        let rows = pairs.sorted { ($0.count, $1.right) > ($1.count, $0.right) }
            .prefix(Self.mostConfused).map { pair in
                [
                    PageTable.Cell(labels[pair.right]), .init(labels[pair.given]),
                    .init(pair.count.grouped, .number),
                ]
            }
        return PageTable(
            caption: "Labels given for right ones",
            titles: [.init("right"), .init("given"), .init("texts", .number)], rows: rows
        ).markup
    }

    // Departures.

    private var departures: [Markup] {
        let departures = evaluation.departures
        return [
            departureTable("length in tokens", departures.byLength),
            departureTable("right label", departures.byLabel(evaluation.classifier.labels)),
        ].compactMap { $0 }
    }

    private func departureTable(_ name: String, _ groups: [Departures.Group]) -> Markup? {
        guard !groups.isEmpty else { return nil }
        let metric = evaluation.metrics[0].metric
        let titles: [PageTable.Cell] = [
            .init(name), .init("texts", .number), .init(metric.title, .number),
        ]
        let depths = evaluation.exits.map { PageTable.Cell("depth \($0.depth)", .number) }
        let rows = groups.map { group -> [PageTable.Cell] in
            let quality = group.quality.map { metric.text($0) } ?? ""
            let figures: [PageTable.Cell] = [
                .init(group.name), .init(group.textCount.grouped, .number), .init(quality, .number),
            ]
            return figures + group.shares.map { PageTable.Cell("\($0.percent) %", .heat($0)) }
        }
        return PageTable(
            caption: "Where texts left by \(name)", titles: titles + depths, rows: rows
        ).markup
    }

    // Texts.

    private var hardestNote: String {
        evaluation.confusion == nil && evaluation.labels.isEmpty
            ? "Those whose answers are furthest from the right ones."
            : "Those that the fewest exits get right."
    }

    private func texts(
        _ texts: [TellingTexts.Text], _ caption: String, _ task: ModelTask
    ) -> [Markup] {
        guard let first = texts.first else { return [] }
        var titles: [PageTable.Cell] = [
            .init("text"), .init("right"), .init("given"), .init("left at", .number),
        ]
        if first.rightExits != nil {
            titles += [.init("confidence", .number), .init("right exits", .number)]
        }
        let rows = texts.map { cells($0, task) }
        return [PageTable(caption: caption, titles: titles, rows: rows).markup]
    }

    private func cells(_ text: TellingTexts.Text, _ task: ModelTask) -> [PageTable.Cell] {
        let row = dataset.rows[text.index]
        let prediction = text.answer.prediction
        let words = row.pair.map { "\(row.text) / \($0)" } ?? row.text
        let cells: [PageTable.Cell] = [
            .init(words, .text), .init(dataset.gold.words(text.index, task)),
            .init(prediction.words(task)), .init("\(text.answer.depth)", .number),
        ]
        guard let rightExits = text.rightExits else { return cells }
        return cells + [
            .init(prediction.score.text(decimals: 3), .number),
            .init("\(rightExits) of \(evaluation.exits.count)", .number),
        ]
    }

    private func table(_ caption: String, _ rows: [[Figure]]) -> Markup {
        PageTable(caption: caption, rows: rows).markup
    }
}

extension ModelTask {
    /// The names of labels.
    fileprivate func words(_ labels: [Int]) -> String {
        labels.isEmpty ? "none" : labels.map { labelNames[$0] }.joined(separator: ", ")
    }
}

extension Prediction {
    fileprivate func words(_ task: ModelTask) -> String {
        task.rules.hasLabels ? task.words(labels) : score.text(decimals: 3)
    }
}

extension Gold {
    fileprivate func words(_ text: Int, _ task: ModelTask) -> String {
        switch self {
        case .labels, .labelSets: task.words(labelsOfTexts[text])
        case .values(let values): values[text].text(decimals: 3)
        }
    }
}
