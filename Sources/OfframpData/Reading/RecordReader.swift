import OfframpFiles

/// Cuts a file into records by the rules of its format.
struct RecordReader: ~Copyable {
    private(set) var format: DataFormat
    private var lines: LineReader
    /// How a table is cut.
    private var dialect = Dialect.tsv
    /// Set where a JSON file is one array.
    private var array: JSONArrayReader?
    /// Lines to be read again, the next one last.
    private var pending: [Line] = []
    /// The line at which the latest record begins, counted from 1.
    private(set) var line = 0
    /// What a user should know of how the file is read.
    private(set) var notes: [String] = []
    /// Whether it has been noted that fields look quoted, or need not be.
    private var knowsQuotes = true

    /// Opens a file and finds out how it is cut.
    static func opening(
        _ path: String, _ format: DataFormat, _ dialect: DialectChoice, _ columns: ColumnChoice
    ) throws -> RecordReader {
        var reader = RecordReader(try LineReader(path: path), format)
        switch format {
        case .csv, .tsv: try reader.findDialect(dialect, columns)
        case .jsonl: try reader.findArray()
        case .text: try reader.findTags()
        case .fastText: break
        }
        return reader
    }

    private init(_ lines: consuming LineReader, _ format: DataFormat) {
        self.format = format
        self.lines = lines
    }

    var name: String { lines.name }

    /// How much of the file has been read, 0 to 1; `nil` if its size is unknown.
    var shareRead: Double? { lines.shareRead }

    /// Whether the next line can be read without waiting for more input.
    var hasBufferedLine: Bool {
        !pending.isEmpty || lines.hasBufferedLine || array?.hasMore ?? false
    }

    /// The notes that were not taken before.
    mutating func takeNotes() -> [String] {
        defer { notes = [] }
        return notes
    }

    /// The next record or what is wrong with it; `nil` at the end.
    ///
    /// - Throws: `OfframpError`: `io` when reading fails, `data` for a file that ends early.
    mutating func next() throws -> Result<Record, OfframpError>? {
        if array != nil { return try element() }
        guard let line = try nextLine() else { return nil }
        self.line = line.number
        guard !line.isTooLong else { return tooLong(line) }
        switch format {
        case .text: return decode([line.bytes], of: [line])
        case .fastText: return tagged(line)
        case .tsv, .csv: return try table(line)
        case .jsonl: return try object(line)
        }
    }

    private mutating func nextLine() throws -> Line? {
        if let line = pending.popLast() { return line }
        return try lines.next()
    }

    /// - Parameter column: a position in the line, counted from 0.
    private func error(
        line: Int? = nil, column: Int? = nil, found: String, expected: String
    ) -> OfframpError {
        let column = column.map { ":\($0 + 1)" } ?? ""
        let place = "\(name):\(line ?? self.line)\(column)"
        return OfframpError(.data, at: place, found: found, expected: expected)
    }

    private func failure(
        line: Int? = nil, column: Int? = nil, found: String, expected: String
    ) -> Result<Record, OfframpError> {
        .failure(error(line: line, column: column, found: found, expected: expected))
    }

    private func tooLong(_ line: Line) -> Result<Record, OfframpError> {
        failure(
            line: line.number, found: "a line of more than \(Line.maximumBytes) bytes",
            expected: "a shorter one")
    }

    /// The bytes of some lines that are not UTF-8.
    private func fault(in lines: [Line]) -> OfframpError {
        let faults = lines.lazy.compactMap { line in line.firstInvalidByte.map { (line, $0) } }
        return error(
            line: faults.first?.0.number, column: faults.first?.1,
            found: "bytes that are not UTF-8", expected: "UTF-8 text")
    }

    private func decode(_ fields: [[UInt8]], of lines: [Line]) -> Result<Record, OfframpError> {
        let cells = fields.map { String(validating: $0, as: UTF8.self) }
        return .success(
            Record(.cells(cells), fault: cells.contains(nil) ? fault(in: lines) : nil))
    }
}

// MARK: - Tables

extension RecordReader {
    /// The most lines that are looked at before the first one is read.
    private static let searchedLines = 20

    /// Finds out how the lines of a table are cut.
    private mutating func findDialect(_ choice: DialectChoice, _ columns: ColumnChoice) throws {
        var read: [Line] = []
        var announced: UInt8?
        while read.count < (columns.isByNumber ? Self.searchedLines : 1),
            // After the first line the sender may wait for an answer.
            read.isEmpty || lines.hasBufferedLine, let line = try lines.next()
        {
            if read.isEmpty, announced == nil, let found = DialectSearch.announced(line) {
                announced = found
            } else {
                pending.insert(line, at: 0)
                if !line.bytes.isEmpty, !line.isTooLong { read.append(line) }
            }
        }
        let search = DialectSearch(format, choice, columns, place: name)
        dialect = search.dialect(read, announced: announced)
        knowsQuotes = dialect.hasQuotes || choice.quoting != nil
        let usual = format == .csv ? Dialect.csv : .tsv
        if dialect.separator != usual.separator, choice.separator == nil {
            notes.append("\(name): cut at \(dialect.separatorName)")
        }
        if dialect.hasQuotes != usual.hasQuotes, choice.quoting == nil {
            notes.append("\(name): fields in quotes")
        }
    }

    /// Adds lines until the record is complete. A record with broken quotes, or with a line that is too long, ends
    /// with its first line, so that the following rows are not lost.
    private mutating func table(_ first: Line) throws -> Result<Record, OfframpError> {
        var record = TableRecord(dialect)
        var lines = [first]
        var count = 0
        while let line = lines.last {
            count += line.bytes.count
            guard !line.isTooLong else {
                pending += lines.dropFirst().reversed()
                return tooLong(line)
            }
            switch record.add(line) {
            case .complete:
                noteQuotes(record.fields)
                return decode(record.fields, of: lines)
            case .broken(let position):
                pending += lines.dropFirst().reversed()
                return failure(
                    line: line.number, column: position,
                    found: "a character after a closing quote",
                    expected: format == .csv ? "a comma" : dialect.separatorName)
            case .open:
                guard count <= Line.maximumBytes, let line = try nextLine() else {
                    pending += lines.dropFirst().reversed()
                    return failure(found: "a quote that is not closed", expected: "a second quote")
                }
                lines.append(line)
            }
        }
        return decode([], of: lines)
    }

    /// Notes once that a table that is read without quoting looks quoted: a field that has quotes around
    /// it, and doubled ones inside.
    private mutating func noteQuotes(_ fields: [[UInt8]]) {
        guard !knowsQuotes, let field = fields.first(where: Self.looksQuoted) else { return }
        knowsQuotes = true
        let text = quoted(String(decoding: field, as: UTF8.self))
        notes.append(
            "\(name):\(line): quotes are read as they stand, but this field looks quoted: \(text); "
                + "--quoting csv reads it so")
    }

    private static func looksQuoted(_ field: [UInt8]) -> Bool {
        let quote = UInt8(ascii: "\"")
        guard field.count > 3, field.first == quote, field.last == quote else { return false }
        let runs = field.dropFirst().dropLast().split { $0 != quote }
        return !runs.isEmpty && runs.allSatisfy { $0.count.isMultiple(of: 2) }
    }
}

// MARK: - JSON

extension RecordReader {
    /// A file that begins with a bracket is one array.
    private mutating func findArray() throws {
        if try lines.peek() == UInt8(ascii: "[") { array = JSONArrayReader() }
    }

    /// An element of a file that is one array.
    private mutating func element() throws -> Result<Record, OfframpError>? {
        guard let element = try array?.next(&lines) else { return nil }
        line = element.line
        return object(Line(number: element.line, bytes: element.bytes, end: .none), of: "the array")
    }

    /// An object in a line of its own, or one over several lines that begins with `{` alone; a line of it that is too
    /// long spoils it and does not end it.
    private mutating func object(_ first: Line) throws -> Result<Record, OfframpError> {
        guard first.isOpeningBrace else {
            return first.isBlank
                ? .success(Record(cells: [""])) : object(first, of: "the line")
        }
        var bytes = first.bytes
        var long: Line?
        while bytes.count <= Line.maximumBytes, let line = try nextLine() {
            // What begins anew ends an object whose end is missing.
            if line.bytes.first == UInt8(ascii: "{") {
                pending.append(line)
                break
            }
            if line.isTooLong { long = long ?? line }
            bytes += [0x0A] + line.bytes
            if line.bytes.first == UInt8(ascii: "}") { break }
        }
        if let long { return tooLong(long) }
        return object(Line(number: first.number, bytes: bytes, end: .none), of: "the lines")
    }

    private func object(_ line: Line, of source: String) -> Result<Record, OfframpError> {
        do {
            return .success(try record(line))
        } catch let error as OfframpError {
            return repaired(line) ?? .failure(error)
        } catch {
            return failure(found: "\(error)", expected: "a JSON object")
        }
    }

    private func record(_ line: Line) throws -> Record {
        let value = try line.bytes.withUnsafeBytes {
            try JSON(parsing: $0, from: "\(name):\(line.number)", nonFiniteIsNull: true)
        }
        guard let members = value.members else {
            throw error(found: "JSON that is not an object", expected: "an object for each row")
        }
        return Record(.members(members))
    }

    /// An object with texts that are not UTF-8: null in their places. `nil` where all bytes are good, or
    /// something else is wrong, too.
    private func repaired(_ line: Line) -> Result<Record, OfframpError>? {
        guard line.firstInvalidByte != nil else { return nil }
        let marked = Line(number: line.number, bytes: Array(line.markedText.utf8), end: .none)
        guard case .members(let members)? = (try? record(marked))?.content else { return nil }
        let readable = members.map { member in
            JSON.Member(
                member.key.withoutMarks, member.value.text().hasMarks ? .null : member.value)
        }
        return .success(Record(.members(readable), fault: fault(in: [line])))
    }
}

extension String {
    /// Whether it has marks in the place of bytes that are not UTF-8.
    fileprivate var hasMarks: Bool { unicodeScalars.contains(Line.invalidMark) }

    /// The text with U+FFFD in the place of its marks, as people know it.
    fileprivate var withoutMarks: String {
        guard hasMarks else { return self }
        return String(
            String.UnicodeScalarView(
                unicodeScalars.map { $0 == Line.invalidMark ? "\u{FFFD}" : $0 }))
    }
}

// MARK: - fastText

extension RecordReader {
    /// A file of plain lines of which the first has a label is one of fastText's.
    private mutating func findTags() throws {
        guard let line = try lines.next() else { return }
        pending.append(line)
        guard FastTextLine.isTagged(line) else { return }
        format = .fastText
        notes.append("\(name): read as fastText's, with labels after \(FastTextLine.prefix)")
    }

    private func tagged(_ line: Line) -> Result<Record, OfframpError> {
        guard let text = String(validating: line.bytes, as: UTF8.self) else {
            return .failure(fault(in: [line]))
        }
        return .success(Record(.tagged(FastTextLine(text))))
    }
}
