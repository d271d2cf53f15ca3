import OfframpFiles

/// How a data file writes its rows.
public enum DataFormat: String, CaseIterable, Sendable {
    /// A text a line; no columns.
    case text = "txt"
    /// Columns cut at tabs, as GLUE writes them: no quoting, a quote is a character.
    case tsv
    /// Columns cut at commas, with the quoting of RFC 4180.
    case csv
    /// A JSON object a line.
    case jsonl

    /// The format that a file's extension names.
    ///
    /// - Throws: `OfframpError` (`usage`) when it names none.
    public init(path: String) throws {
        let name = path[(path.lastIndex(of: "/") ?? path.startIndex)...]
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
        guard let format = Self.endings[ending ?? ""] else {
            throw OfframpError(
                .usage, at: path, found: ending.map { "the ending .\($0)" } ?? "no ending",
                expected: "one of .txt .tsv .csv .jsonl, or --format")
        }
        self = format
    }

    private static let endings: [String: DataFormat] = [
        "txt": .text, "text": .text, "tsv": .tsv, "tab": .tsv, "csv": .csv, "jsonl": .jsonl,
        "ndjson": .jsonl, "json": .jsonl,
    ]

    /// The byte between two columns.
    var separator: UInt8 { self == .csv ? UInt8(ascii: ",") : UInt8(ascii: "\t") }
}
