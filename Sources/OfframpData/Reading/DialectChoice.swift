import OfframpFiles

/// How the lines of a table are cut, as far as the user says.
package struct DialectChoice: Sendable, Equatable {
    /// Whether fields may stand in quotes.
    package enum Quoting: String, CaseIterable, Sendable {
        /// As RFC 4180 has it: fields in quotes, quotes inside doubled.
        case csv
        /// A quote is an ordinary character.
        case none
    }

    let separator: UInt8?
    let quoting: Quoting?

    /// Nothing chosen: by the format, and by the first lines where they are clear.
    package static let recognised = DialectChoice(nil, nil)

    /// Takes the values of `--separator` and `--quoting`.
    ///
    /// - Throws: `OfframpError` (`usage`) for a separator that is no ASCII character.
    package init(separator: String? = nil, quoting: Quoting? = nil) throws {
        let byte = try separator.map { text in
            let text = ["tab": "\t", "\\t": "\t"][text] ?? text
            let allowed = text.utf8.count == 1 && !["\"", "\n", "\r"].contains(text)
            guard allowed, let byte = text.utf8.first, byte < 0x80 else {
                throw OfframpError(
                    .usage, at: "--separator", found: quoted(text),
                    expected: "one ASCII character, or tab")
            }
            return byte
        }
        self.init(byte, quoting)
    }

    private init(_ separator: UInt8?, _ quoting: Quoting?) {
        (self.separator, self.quoting) = (separator, quoting)
    }
}

/// Finds how a table is cut by its first lines.
struct DialectSearch {
    private let choice: DialectChoice
    private let columns: ColumnChoice
    /// What the format says.
    private let usual: Dialect
    private let place: String

    /// Separators of tables, beside that of the format.
    private static let separators = [",", "\t", ";", "|"].map(UInt8.init(ascii:))

    init(
        _ format: DataFormat, _ choice: DialectChoice, _ columns: ColumnChoice, place: String
    ) {
        (self.choice, self.columns, self.place) = (choice, columns, place)
        var usual = format == .csv ? Dialect.csv : .tsv
        if let separator = choice.separator { usual.separator = separator }
        if let quoting = choice.quoting { usual.hasQuotes = quoting == .csv }
        self.usual = usual
    }

    /// The separator that Excel writes into a line of its own, `sep=;`.
    ///
    /// - Returns: `nil` for any other line.
    static func announced(_ line: Line) -> UInt8? {
        var bytes = line.bytes[...]
        if bytes.count > 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") {
            bytes = bytes.dropFirst().dropLast()
        }
        guard bytes.count == 5, let separator = bytes.last,
            String(decoding: bytes.dropLast(), as: UTF8.self).lowercased() == "sep="
        else { return nil }
        return separator
    }

    /// The dialect of a table with these first lines, which are not blank.
    ///
    /// The format's own counts wherever the file can be read with it.
    func dialect(_ lines: [Line], announced: UInt8?) -> Dialect {
        var usual = usual
        if choice.separator == nil, let announced {
            usual.separator = announced
            return usual
        }
        if fits(usual, lines) { return usual }
        let others = candidates.filter { fits($0, lines) }
        return others.count == 1 ? others[0] : usual
    }

    private var candidates: [Dialect] {
        let separators = choice.separator.map { [$0] } ?? Self.separators
        let quoting = choice.quoting.map { [$0 == .csv] } ?? [true]
        return separators.flatMap { separator in
            quoting.map { Dialect(separator: separator, hasQuotes: $0) }
        }
    }

    /// Whether the file has the columns that are needed when it is read so.
    private func fits(_ dialect: Dialect, _ lines: [Line]) -> Bool {
        let rows = lines.compactMap { TableRecord.fields($0, dialect) }
        guard rows.count == lines.count, let first = rows.first else { return false }
        if let most = columns.numbers.max() {
            // Without names all that can tell is that every line has as many fields, and enough.
            let isEven = rows.allSatisfy { $0.count == first.count }
            return isEven && first.count >= max(most, dialect.separator == usual.separator ? 1 : 2)
        }
        let fields = first.map { String(decoding: $0, as: UTF8.self) }
        let header = try? Header(
            Record(cells: fields), .tsv, choice: columns, place: place)
        return header != nil
    }
}
