import OfframpEngine
import OfframpExit
import OfframpFiles

extension Inspection {
    /// All of it as tables for people to read.
    var text: String {
        [summary, methodTable, pointTable, resultTable].compactMap(\.self).joined(separator: "\n")
    }

    private var summary: String {
        var table = TextTable([("checkpoint", .left), (checkpoint.folder.path, .left)])
        for (name, _, value) in shape { table.add([name, value.grouped]) }
        table.add(["parameters", weights.parameters.grouped])
        table.add(["stored as", "\(weights.typeNames), \(weights.size)"])
        table.add(["task", taskText])
        return table.text
    }

    private var taskText: String {
        guard let task = checkpoint.task else { return "none: a backbone without labels" }
        guard task.rules.hasLabels else { return task.kind.rawValue }
        let names = task.labelNames
        let shown = names.prefix(8).joined(separator: ", ")
        return "\(names.count) labels: \(shown)" + (names.count > 8 ? ", …" : "")
    }

    private var methodTable: String? {
        guard !methods.isEmpty else { return nil }
        var table = TextTable([
            ("method", .left), ("heads", .left), ("exits at depths", .left),
            ("parameters", .right), ("stored as", .left), ("policy", .left),
        ])
        for (settings, heads) in zip(methods, heads) {
            table.add([
                settings.method, settings.head,
                settings.depths.map { "\($0)" }.joined(separator: " "),
                heads?.parameters.grouped ?? "", heads?.typeNames ?? "", settings.policy,
            ])
        }
        return table.text
    }

    private var pointTable: String? {
        var table = TextTable([("method", .left), ("speed", .left), ("policy", .left)])
        for settings in methods {
            for point in settings.operatingPoints {
                table.add([settings.method, point.key, point.value.string ?? ""])
            }
        }
        return methods.allSatisfy(\.operatingPoints.isEmpty) ? nil : table.text
    }

    private var resultTable: String? {
        var table = TextTable([
            ("method", .left), ("measured on", .left), ("exit or speed", .right),
            ("quality", .right),
            ("average exit", .right), ("compute", .right),
        ])
        var rows = 0
        for settings in methods {
            for (set, result) in (settings.results.members ?? []).map({ ($0.key, $0.value) }) {
                let figures = result["exits"]?.elements ?? []
                let points = result["operating_points"]?.elements ?? []
                for figure in figures + points {
                    table.add([settings.method, set] + figure.resultCells)
                    rows += 1
                }
            }
        }
        return rows == 0 ? nil : table.text
    }
}

extension JSON {
    /// The cells of one measured exit or operating point.
    fileprivate var resultCells: [String] {
        let name = self["name"]?.string ?? self["depth"]?.int.map { "\($0)" } ?? ""
        let quality = Metric.catalog.lazy.compactMap { metric in
            self[metric.name]?.double.map { metric.text($0) }
        }.first
        return [
            name, quality ?? "", self["average_exit"]?.double?.text(decimals: 2) ?? "",
            self["relative_compute"]?.double.map { "\($0.percent) %" } ?? "",
        ]
    }
}

extension WeightFigures {
    fileprivate var typeNames: String { types.map(\.rawValue).joined(separator: ", ") }

    /// The size of the file in a fitting unit.
    fileprivate var size: String {
        bytes < 1_000_000
            ? "\((bytes + 999) / 1000) kB" : (Double(bytes) / 1e6).text(decimals: 1) + " MB"
    }
}
