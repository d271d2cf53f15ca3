/// A row of a file that is checked.
struct CheckedRow {
    /// The file and the line.
    let place: String
    let text: String
    let pair: String?
    /// Without blanks at its ends; `nil` where there is none.
    let label: WrittenLabel?

    var key: String { Self.key(text, pair) }

    /// What makes two rows the same: their texts, however many blanks are between the words.
    static func key(_ text: String, _ pair: String?) -> String {
        [text, pair].compactMap(\.self)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .joined(separator: "\n")
    }

    /// Reads whole files.
    ///
    /// - Parameter paths: the files, or none.
    /// - Returns: the good rows, and what is wrong with the others.
    /// - Throws: `OfframpError` as `RowReader` does.
    static func read(
        _ paths: [String], _ options: ReadingOptions, notes: inout [String]
    ) throws -> (rows: [CheckedRow], bad: [BadRow]) {
        guard !paths.isEmpty else { return ([], []) }
        var files = try RowFiles(paths, options)
        var (rows, bad): ([CheckedRow], [BadRow]) = ([], [])
        while let row = try files.next() {
            switch row {
            case .success(let row):
                rows.append(
                    CheckedRow(
                        place: row.place, text: row.text, pair: row.pair,
                        label: row.label?.trimmed))
            case .failure(let row): bad.append(row)
            }
        }
        notes += files.takeNotes()
        return (rows, bad)
    }
}

/// What the label of a row says: lists say the same in any order and numbers in any form, as in training.
struct CheckedAnswer: Equatable {
    private let target: Target?
    /// The label as it is written, where it says nothing.
    private let written: WrittenLabel?

    init(_ label: WrittenLabel?, _ kind: TargetKind?, _ separator: Character?) {
        let target = kind?.target(label, separator: separator)
        self.target = target
        written = target == nil ? label : nil
    }
}
