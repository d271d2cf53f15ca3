import OfframpFiles

/// The labels of a data set as they are written, and what is odd about them.
struct LabelColumn {
    /// A row, or what is wrong with it.
    typealias ReadRow = Result<LabelledRow, OfframpError>

    /// The rows, their labels without blanks at the ends.
    let rows: [ReadRow]
    /// What a user should know.
    let notes: [String]

    init(_ rows: [ReadRow]) {
        var trimmed: [String] = []
        let areTags = rows.contains { $0.good?.isTagged ?? false }
        let areSingle = rows.allSatisfy { $0.good?.label?.count ?? 1 <= 1 }
        self.rows = rows.map { row in
            row.map { row in
                var row = row
                let label = row.label?.trimmed
                if label != row.label { trimmed.append(row.place) }
                row.label = areTags && areSingle ? label?.first : label
                return row
            }
        }
        var notes: [String] = []
        if let first = trimmed.first {
            notes.append(
                "\(first): blanks around a label were taken away"
                    + (trimmed.count > 1 ? ", as in \(trimmed.count - 1) more rows" : ""))
        }
        self.notes = notes + Self.lookalikes(self.rows.compactMap(\.good))
    }

    /// All labels.
    var labels: [WrittenLabel] { rows.compactMap { $0.good?.label } }

    /// Labels that differ in nothing but the case of letters and in blanks.
    private static func lookalikes(_ rows: [LabelledRow]) -> [String] {
        var forms: [String: [String]] = [:]
        for name in Set(rows.flatMap { $0.label?.names ?? [] }).sorted() {
            let plain = name.lowercased().filter { !$0.isWhitespace }
            forms[plain, default: []].append(name)
        }
        let twins = forms.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
        return twins.map { names in
            "labels that differ only in case or blanks: "
                + names.map(quoted).joined(separator: ", ")
        }
    }
}

/// A row of a labelled file, with its place.
struct LabelledRow {
    let text: String
    let pair: String?
    var label: WrittenLabel?
    /// The file and the line.
    let place: String
    let column: String
    /// Whether the label is one of fastText's, which are always lists.
    let isTagged: Bool
    /// What is wrong with fields of the row; the label may be one of them.
    let fault: OfframpError?
}

extension WrittenLabel {
    fileprivate var names: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let labels): labels
        }
    }

    fileprivate var count: Int { names.count }

    /// The one label of a list; `nil` of an empty one.
    fileprivate var first: WrittenLabel? { names.first.map { .text($0) } }
}

extension Result {
    /// The value; `nil` where it failed.
    var good: Success? { if case .success(let value) = self { value } else { nil } }
    /// The error; `nil` where it did not fail.
    var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
