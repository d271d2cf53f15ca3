import OfframpExit
import OfframpFiles
import OfframpTensor

/// What a conversion changed: how much is stored, and what the exits reach.
struct ConversionReport {
    let input: String
    let output: String
    /// What was asked for.
    let storage: ElementType
    let before: WeightFigures
    let after: WeightFigures
    /// By method, then by file; empty without data.
    let comparisons: [Comparison]

    /// The figures for people and programs.
    var report: Report {
        var report = Report()
        report.add([
            .json("input", .string(input)), .json("output", .string(output)),
            .json("store", .string(storage.name)), .json("before", before.figures),
            .json("after", after.figures),
            .json("comparisons", .array(comparisons.map(\.figures.json))),
        ])
        report.add(rows: [
            row("stored as", before.typeNames, after.typeNames),
            row("size", before.size, after.size),
        ])
        report.add(
            rows: comparisons.flatMap { comparison in
                comparison.exitFigures.map { comparison.figures + $0 }
            })
        return report
    }

    private func row(_ title: String, _ before: String, _ after: String) -> [Figure] {
        [
            .text("", title), .text("before", Value(text: before, json: .null)),
            .text("after", Value(text: after, json: .null)),
        ]
    }
}

extension Comparison {
    fileprivate var figures: [Figure] {
        [
            Figure("data", .name(data)), .json("rows", .number(rows)),
            Figure("method", .name(method)),
            Figure("precision", title: "computed in", .name(precision.rawValue)),
            .json("metric", .string(metric.name)),
            .json("exits", .array(exitFigures.map(\.json))),
        ]
    }

    fileprivate var exitFigures: [[Figure]] {
        exits.map { exit in
            [
                Figure("depth", .depth(exit.depth)),
                Figure("before", title: "\(metric.title) before", .metric(metric, exit.before)),
                Figure("after", .metric(metric, exit.after)),
                Figure(
                    "difference",
                    Value(
                        text: metric.text(difference: exit.difference),
                        json: .number(exit.difference))),
            ]
        }
    }
}
