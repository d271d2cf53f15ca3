import OfframpFiles

/// The names of the columns that hold the text, its pair and its label.
struct ColumnRoles: Equatable {
    var text: String
    var pair: String?
    var label: String?

    /// Text columns as GLUE and other public data sets name them; pairs first, because a
    /// column of a pair may have the name of a single text (QNLI's `sentence`).
    static let knownTexts: [(text: String, pair: String?)] = [
        ("sentence1", "sentence2"), ("question1", "question2"), ("premise", "hypothesis"),
        ("question", "sentence"), ("#1 String", "#2 String"), ("sentence", nil), ("text", nil),
    ]

    /// Label columns; `score` comes last, as labelled files also have a column of that name.
    static let knownLabels = [
        "label", "Quality", "gold_label", "is_duplicate", "category", "score",
    ]

    /// The columns of CoLA's files, which have no header.
    static let cola = ["source", "label", "mark", "sentence"]

    /// Whether a first row looks like CoLA's: a source, 0 or 1, a star or nothing, a sentence.
    static func isCoLA(_ fields: [String]) -> Bool {
        fields.count == 4 && ["0", "1"].contains(fields[1]) && ["", "*"].contains(fields[2])
    }

    /// The same columns for texts alone.
    var withoutLabel: ColumnRoles {
        var roles = self
        roles.label = nil
        return roles
    }

    /// Whether a row holds the known names of a text column and of another.
    static func looksLikeHeader(_ fields: [String]) -> Bool {
        let table = ColumnTable(names: fields, place: "")
        let texts = knownTexts.flatMap { [$0.text] + ($0.pair.map { [$0] } ?? []) }
        return [texts, knownLabels].allSatisfy { $0.contains { table.find($0) != nil } }
    }

    /// Finds the columns among `names`, by the user's choice or by their known names.
    ///
    /// - Throws: `OfframpError` (`data`) that lists the columns there are.
    init(_ names: [String], choice: ColumnChoice, place: String) throws {
        let table = ColumnTable(names: names, place: place)
        if let text = choice.text {
            self.text = try table.column(text, "--text-column")
        } else if let known = Self.knownTexts.first(where: { table.has($0.text, $0.pair) }) {
            text = try table.column(.name(known.text), "")
            pair = try known.pair.map { try table.column(.name($0), "") }
        } else {
            throw table.missing(
                "a text column (sentence, text, or a pair such as sentence1 and sentence2),"
                    + " or --text-column with a name, or a number if there is no header")
        }
        if let pair = choice.pair { self.pair = try table.column(pair, "--pair-column") }
        label = try choice.label.map { try table.column($0, "--label-column") }
        if label == nil, !choice.isByNumber {
            label = Self.knownLabels.lazy.compactMap { table.find($0) }.first { $0 != text }
        }
    }
}

/// The columns of one file and the errors about them.
private struct ColumnTable {
    let names: [String]
    let place: String

    /// A column by its name, ignoring case and blanks around it.
    func find(_ name: String) -> String? {
        names.first { $0 == name } ?? names.first { Self.plain($0) == Self.plain(name) }
    }

    func has(_ text: String, _ pair: String?) -> Bool {
        find(text) != nil && pair.map { find($0) != nil } ?? true
    }

    func column(_ column: ColumnChoice.Column, _ flag: String) throws -> String {
        switch column {
        case .name(let name):
            if let found = find(name) { return found }
            throw missing("the column \(quoted(name))\(flag.isEmpty ? "" : " of \(flag)")")
        case .number(let number):
            if number > 0, number <= names.count { return names[number - 1] }
            throw OfframpError(
                .usage, at: flag, found: "\(number)",
                expected: "a column of \(place), 1 to \(names.count)")
        }
    }

    func missing(_ expected: String) -> OfframpError {
        let shown = names.prefix(20).map(quoted).joined(separator: ", ")
        let found = "the columns \(shown)\(names.count > 20 ? ", …" : "")"
        return OfframpError(.data, at: place, found: found, expected: expected)
    }

    private static func plain(_ name: String) -> String {
        String(name.lowercased().drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
