import OfframpFiles

/// The format of a data file.
package enum DataFormat: String, CaseIterable, Sendable {
    /// One text per line; no columns.
    case text = "txt"
    /// Columns cut at tabs, as in GLUE: no quoting, a quote is an ordinary character.
    case tsv
    /// Columns cut at commas, with the quoting of RFC 4180.
    case csv
    /// One JSON object per line, or an array of objects.
    case jsonl
    /// One text per line, with its labels as `__label__good`.
    case fastText = "fasttext"

    /// The formats that rows with answers can be written in: plain lines have no columns for them.
    package static let written: [DataFormat] = [.tsv, .csv, .jsonl, .fastText]

    /// The format that a file's ending names; that of a compression does not count.
    ///
    /// - Parameters:
    ///   - allowed: the formats that are accepted.
    ///   - flag: what the error suggests for naming a format.
    /// - Throws: `OfframpError` (`usage`) when it names none of them.
    package init(path: String, among allowed: [DataFormat] = allCases, or flag: String) throws {
        let plain = Compression.withoutEnding(path)
        let name = plain.utf8[(plain.utf8.lastIndex(of: UInt8(ascii: "/")) ?? plain.startIndex)...]
        let ending = name.lastIndex(of: UInt8(ascii: ".")).map {
            String(Substring(name[$0...].dropFirst())).lowercased()
        }
        guard let format = Self.endings[ending ?? ""], allowed.contains(format) else {
            let endings = allowed.map { ".\($0.rawValue)" }.joined(separator: " ")
            throw OfframpError(
                .usage, at: path, found: ending.map { "the ending .\($0)" } ?? "no ending",
                expected: "one of \(endings), or \(flag)")
        }
        self = format
    }

    private static let endings: [String: DataFormat] = [
        "txt": .text, "text": .text, "tsv": .tsv, "tab": .tsv, "csv": .csv, "jsonl": .jsonl,
        "ndjson": .jsonl, "json": .jsonl, "fasttext": .fastText, "ft": .fastText,
    ]

    /// Whether rows are cut into columns at a separator.
    var isTable: Bool { self == .csv || self == .tsv }
}
