import OfframpExit
import OfframpFiles

/// What a conversion changed: how much is stored, and what the exits reach.
struct ConversionReport {
    let before: StoredFigures
    let after: StoredFigures
    /// By method, then by file; empty without data.
    let comparisons: [Comparison]
}

extension ConversionReport {
    /// The figures as tables for people to read.
    var text: String {
        let tables = [sizeTable] + (comparisons.isEmpty ? [] : [comparisonTable])
        return tables.joined(separator: "\n")
    }

    private var sizeTable: String {
        var table = TextTable([("", .left), ("before", .right), ("after", .right)])
        table.add(["stored as", before.typeNames, after.typeNames])
        table.add(["size", before.size, after.size])
        return table.text
    }

    private var comparisonTable: String {
        let metric = comparisons[0].metric
        var table = TextTable([
            ("data", .left), ("method", .left), ("computed in", .left), ("depth", .right),
            ("\(metric.title) before", .right), ("after", .right), ("difference", .right),
        ])
        for comparison in comparisons {
            for exit in comparison.exits {
                table.add([
                    comparison.data, comparison.method, comparison.precision.rawValue,
                    "\(exit.depth)", metric.text(exit.before), metric.text(exit.after),
                    metric.text(difference: exit.difference),
                ])
            }
        }
        return table.text
    }
}

extension ConversionReport {
    /// The figures as one object.
    ///
    /// - Parameters:
    ///   - store: what was asked for.
    ///   - input: the folder that was read.
    ///   - output: the folder that was written.
    func json(_ store: StorageOption, _ input: String, _ output: String) -> JSON {
        [
            "input": .string(input), "output": .string(output), "store": .string(store.rawValue),
            "before": before.json, "after": after.json,
            "comparisons": .array(comparisons.map(\.json)),
        ]
    }
}

extension StoredFigures {
    fileprivate var typeNames: String { types.map(\.rawValue).joined(separator: ", ") }

    fileprivate var size: String { (Double(bytes) / 1e6).text(decimals: 1) + " MB" }

    fileprivate var json: JSON {
        ["bytes": .number(bytes), "types": .array(types.map { .string($0.rawValue) })]
    }
}

extension Comparison {
    fileprivate var json: JSON {
        [
            "data": .string(data), "rows": .number(rows), "method": .string(method),
            "precision": .string(precision.rawValue), "metric": .string(metric.name),
            "exits": .array(
                exits.map { exit in
                    [
                        "depth": .number(exit.depth), "before": .number(exit.before),
                        "after": .number(exit.after), "difference": .number(exit.difference),
                    ]
                }),
        ]
    }
}
