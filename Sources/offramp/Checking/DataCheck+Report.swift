import OfframpData
import OfframpFiles

extension DataCheck {
    /// For people a table with the first lines of each kind; for programs everything.
    var report: Report {
        var report = Report()
        report.add([Figure("rows", .count(rowCount)), Figure("findings", .count(findings.count))])
        report.add(rows: labels.prefix(Self.mostLabels).map(shown))
        report.add([.json("labels", .array(labels.map { shown($0).json }))])
        report.add(rows: DataFinding.Kind.allCases.compactMap(summary))
        report.add([.json("details", .array(findings.map(\.json)))])
        return report
    }

    private static let (mostLabels, mostPlaces) = (20, 3)

    private func shown(_ label: (name: String, rows: Int)) -> [Figure] {
        [
            Figure("label", .name(label.name)), Figure("rows", .count(label.rows)),
            Figure("share", .share(Double(label.rows) / Double(max(rowCount, 1)))),
        ]
    }

    /// Places of the same text, the file named once.
    private func shown(_ places: [String]) -> String {
        var file = ""
        return places.map { place in
            let path = place.split(separator: ":").dropLast().joined(separator: ":")
            defer { file = path }
            return path == file ? String(place.dropFirst(path.count + 1)) : place
        }.joined(separator: " = ")
    }

    private func summary(_ kind: DataFinding.Kind) -> [Figure]? {
        let found = findings.filter { $0.kind == kind }
        guard !found.isEmpty else { return nil }
        let examples = found.prefix(Self.mostPlaces).map {
            $0.places.isEmpty ? $0.detail : shown($0.places)
        }
        return [
            .text("found", kind.rawValue), .text("times", .count(found.count)),
            .text(
                "where",
                examples.joined(separator: ", ") + (found.count > examples.count ? ", …" : "")),
        ]
    }
}

extension DataFinding {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "places": .array(places.map { .string($0) }),
            "detail": .string(detail),
        ]
    }
}
