import OfframpFiles

/// How data files are read, as far as the user says.
package struct ReadingOptions: Sendable {
    /// `nil` for what each file's ending says.
    package var format: DataFormat?
    /// Which columns hold what.
    package var columns: ColumnChoice
    /// How the lines of tables are cut.
    package var dialect: DialectChoice
    /// Whether labels count; where they do not, a row with a wrong one is good.
    package var readsLabels = true

    /// All by the files themselves, unless something else is given.
    package init(
        format: DataFormat? = nil, columns: ColumnChoice = .recognised,
        dialect: DialectChoice = .recognised
    ) {
        (self.format, self.columns, self.dialect) = (format, columns, dialect)
    }

    /// The same, for texts alone.
    package var withoutLabels: ReadingOptions {
        var options = self
        options.readsLabels = false
        options.columns = columns.withoutLabel
        return options
    }
}

/// The rows of one or more files, one behind the other.
package struct RowFiles: ~Copyable {
    private let paths: [String]
    private let options: ReadingOptions
    private var reader: RowReader
    /// Whether the reader is at its file's end, or where the file is damaged.
    private var hasEnded = false
    private var index = 0
    private var notes: [String]

    /// Opens the first file; the others are opened in their turn. Files that can be read again are looked at now.
    ///
    /// - Parameter paths: files, at least one, folders of files, or `-` for standard input.
    /// - Throws: `OfframpError` as `RowReader` does, for any of the files; `noInput` for a folder that cannot be read
    ///   or has none.
    package init(_ paths: [String], _ options: ReadingOptions = ReadingOptions()) throws {
        let found = try DataPaths(paths, hasFormat: options.format != nil)
        let first = try RowReader(path: found.files[0], options)
        for path in found.files.dropFirst() { try Self.look(at: path, options) }
        (self.paths, self.options, notes) = (found.files, options, found.notes)
        reader = first
    }

    /// Whether what has a name can be read once only: standard input, a pipe, a device.
    package static func isStream(_ path: String) -> Bool { InputFile.isStream(path) }

    /// The files themselves, in the order in which they are read.
    ///
    /// - Throws: `OfframpError` (`noInput`) for a folder that cannot be read or has no data files.
    package static func paths(_ paths: [String], _ options: ReadingOptions) throws -> [String] {
        try DataPaths(paths, hasFormat: options.format != nil).files
    }

    /// How many rows some files have, bad ones included, and what has ended files early.
    ///
    /// - Throws: `OfframpError` as `init` does.
    package static func rowCount(
        _ paths: [String], _ options: ReadingOptions
    ) throws -> (rows: Int, damage: [OfframpError]) {
        var files = try RowFiles(paths, options)
        var (rows, damage): (Int, [OfframpError]) = (0, [])
        while true {
            do {
                guard try files.next() != nil else { return (rows, damage) }
                rows += 1
            } catch let error as OfframpError where error.kind == .data {
                damage.append(error)
            }
        }
    }

    /// The names of the first file's columns.
    package var columns: [String] { reader.columns }

    /// What errors call the file of the latest row.
    package var name: String { reader.name }

    /// The format of the file of the latest row.
    var format: DataFormat { reader.format }

    /// The label column of the file of the latest row.
    package var labelColumn: String? { reader.labelColumn }

    /// How much of the files has been read, 0 to 1; `nil` if a size is unknown.
    package var shareRead: Double? {
        reader.shareRead.map { (Double(index) + $0) / Double(paths.count) }
    }

    /// Whether the next row can be read without waiting for more input.
    package var hasBufferedRow: Bool { !hasEnded && reader.hasBufferedRow }

    /// What a user should know of how the files are read, as far as it was not taken before.
    package mutating func takeNotes() -> [String] {
        defer { notes = [] }
        return notes + reader.takeNotes()
    }

    /// The next row, or what is wrong with it; `nil` behind the last file.
    ///
    /// - Throws: `OfframpError` as `RowReader` does. Behind a damaged file the next one follows.
    package mutating func next() throws -> Result<Row, BadRow>? {
        while true {
            if let row = try nextOfFile() { return row }
            guard index + 1 < paths.count else { return nil }
            index += 1
            notes += reader.takeNotes()
            reader = try RowReader(path: paths[index], options)
            hasEnded = false
        }
    }

    private mutating func nextOfFile() throws -> Result<Row, BadRow>? {
        guard !hasEnded else { return nil }
        // Unless a row shows that there may be more: damage ends a file, too.
        hasEnded = true
        guard let row = try reader.next() else { return nil }
        hasEnded = false
        return row
    }

    /// Looks whether a file can be read, so that a mistake in the last one does not show after hours. Of what can be
    /// read once only rows would be lost by this; there no more than its name tells.
    private static func look(at path: String, _ options: ReadingOptions) throws {
        if !isStream(path) {
            _ = try RowReader(path: path, options)
        } else if path != "-", options.format == nil {
            _ = try DataFormat(path: path, or: "--format")
        }
    }
}
