import OfframpFiles

/// What a command found out, listed once: tables for people, or one object for programs.
struct Report {
    private enum Part {
        case figures([Figure])
        case table(key: String?, rows: [[Figure]])
    }

    private var parts: [Part] = []

    /// Adds figures: a line each in the text.
    mutating func add(_ figures: [Figure]) { parts.append(.figures(figures)) }

    /// Adds a table; every row has the same figures.
    ///
    /// - Parameter key: its name in JSON, where it is an array of objects; `nil` where only people
    ///   read it.
    mutating func add(_ key: String? = nil, rows: [[Figure]]) {
        parts.append(.table(key: key, rows: rows))
    }

    /// Tables with an empty line between them; a table without rows is left out.
    var text: String {
        parts.compactMap { part in
            switch part {
            case .figures(let figures): TextTable(lines: figures.titled)?.text
            case .table(_, let rows): TextTable(rows: rows.map(\.titled))?.text
            }
        }.joined(separator: "\n")
    }

    /// One object.
    var json: JSON {
        .object(
            parts.flatMap { part -> [JSON.Member] in
                switch part {
                case .figures(let figures): figures.json.members ?? []
                case .table(let key, let rows):
                    key.map { [.init($0, .array(rows.map(\.json)))] } ?? []
                }
            })
    }
}

extension TextTable {
    /// A line for each figure: its title and its value; `nil` without figures.
    fileprivate init?(lines: [(title: String, value: Value)]) {
        guard !lines.isEmpty else { return nil }
        self.init(alignments: [.left, .left])
        for line in lines { add([line.title, line.value.text]) }
    }

    /// A line for each row below the titles of the first; `nil` without rows or titles.
    fileprivate init?(rows: [[(title: String, value: Value)]]) {
        guard let first = rows.first, !first.isEmpty else { return nil }
        self.init(first.map { ($0.title, $0.value.alignment) })
        for row in rows { add(row.map(\.value.text)) }
    }
}
