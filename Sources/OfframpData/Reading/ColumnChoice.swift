import OfframpFiles

/// The columns that the user chose; the others are recognised by name.
package struct ColumnChoice: Sendable, Equatable {
    /// A column by name, or by number in a file without a header.
    enum Column: Sendable, Equatable {
        case name(String)
        /// Counted from 1.
        case number(Int)

        init(_ text: String) { self = Int(text).map(Self.number) ?? .name(text) }

        var isNumber: Bool { if case .number = self { true } else { false } }
    }

    let text: Column?
    let pair: Column?
    let label: Column?

    /// Nothing chosen: all columns are recognised by name.
    package static let recognised = ColumnChoice(nil, nil, nil)

    /// Takes the values of `--text-column`, `--pair-column` and `--label-column`.
    ///
    /// A whole number is that of a column, counted from 1, of a file without a header line.
    ///
    /// - Throws: `OfframpError` (`usage`) when names and numbers are mixed, or there are numbers
    ///   but not for the text.
    package init(text: String? = nil, pair: String? = nil, label: String? = nil) throws {
        self.init(text.map(Column.init), pair.map(Column.init), label.map(Column.init))
        let chosen = [self.text, self.pair, self.label].compactMap { $0 }
        guard isByNumber ? chosen.allSatisfy(\.isNumber) : !chosen.contains(where: \.isNumber)
        else {
            throw OfframpError(
                .usage, at: "--text-column, --pair-column, --label-column",
                found: "columns by number beside others",
                expected: "names only, or numbers only with one for the text")
        }
    }

    private init(_ text: Column?, _ pair: Column?, _ label: Column?) {
        (self.text, self.pair, self.label) = (text, pair, label)
    }

    /// The same for JSON, whose objects have no column numbers: a number is a key.
    var byName: ColumnChoice {
        func named(_ column: Column?) -> Column? {
            if case .number(let number) = column { .name(String(number)) } else { column }
        }
        return ColumnChoice(named(text), named(pair), named(label))
    }

    /// The same for texts alone.
    var withoutLabel: ColumnChoice { ColumnChoice(text, pair, nil) }

    /// The numbers of columns that were chosen by number.
    var numbers: [Int] {
        [text, pair, label].compactMap { column in
            if case .number(let number) = column { number } else { nil }
        }
    }

    /// Whether the file has no header line.
    var isByNumber: Bool { text?.isNumber ?? false }
}
