import OfframpFiles

/// A row that cannot be used, with the fields that could be read.
package struct BadRow: Error, Sendable, Equatable {
    /// What is wrong with it.
    package let error: OfframpError
    /// The fields that could be read, under their columns' names.
    package let fields: [JSON.Member]
    /// The text, and the second text of a pair; none where they could not be read.
    package let texts: [String]

    /// Pairs an error with the fields that could be read.
    package init(_ error: OfframpError, fields: [JSON.Member] = []) {
        self.error = error
        self.fields = fields
        texts = []
    }

    /// Makes a bad row of one that could be read.
    package init(_ error: OfframpError, of row: Row) {
        self.error = error
        fields = row.fields
        texts = row.texts
    }
}

/// One row of a data file.
package struct Row: Sendable, Equatable {
    /// The file that the row stands in; `nil` for a text from elsewhere.
    package let file: String?
    /// The line of the file at which the row begins, counted from 1.
    package let line: Int
    /// The text to classify.
    package let text: String
    /// The second text of a pair.
    package let pair: String?
    /// The label as the file has it; `nil` where there is none.
    package let label: WrittenLabel?
    /// All fields of the row under their columns' names, in the file's order.
    package let fields: [JSON.Member]
    /// What is wrong with fields other than the texts; they are null.
    package let fault: OfframpError?

    /// Makes a row from its parts.
    package init(
        file: String? = nil, line: Int, text: String, pair: String? = nil,
        label: WrittenLabel? = nil, fields: [JSON.Member] = [], fault: OfframpError? = nil
    ) {
        self.file = file
        self.line = line
        self.text = text
        self.pair = pair
        self.label = label
        self.fields = fields
        self.fault = fault
    }
}

extension Row {
    /// The text, and the second text of a pair.
    var texts: [String] { [text, pair].compactMap(\.self) }

    /// Where it stands, for messages.
    package var place: String { file.map { "\($0):\(line)" } ?? "line \(line)" }
}
