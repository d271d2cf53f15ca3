import OfframpFiles

/// A row whose columns have no names yet.
enum Record {
    case fields([String])
    case object([JSON.Member])

    /// Whether the row comes from a blank line.
    var isBlank: Bool {
        if case .fields(let fields) = self { fields == [""] } else { false }
    }
}

/// Cuts a file into records by the rules of its format.
struct RecordReader: ~Copyable, Sendable {
    let format: DataFormat
    private var lines: LineReader
    /// Lines to be read again, the next one last.
    private var pending: [Line] = []
    /// The line at which the latest record begins, counted from 1.
    private(set) var line = 0

    init(path: String, format: DataFormat) throws {
        self.format = format
        lines = try LineReader(path: path)
    }

    var name: String { lines.name }

    /// How much of the file has been read, 0 to 1; `nil` if its size is unknown.
    var shareRead: Double? { lines.shareRead }

    /// Whether the next line can be read without waiting for more input.
    var hasBufferedLine: Bool { !pending.isEmpty || lines.hasBufferedLine }

    /// The next record or what is wrong with it; `nil` at the end.
    ///
    /// - Throws: `OfframpError` (`io`) when reading fails.
    mutating func next() throws -> Result<Record, OfframpError>? {
        guard let line = try nextLine() else { return nil }
        self.line = line.number
        guard !line.isTooLong else {
            return failure(
                found: "a line of more than \(Line.maximumBytes) bytes", expected: "a shorter one")
        }
        switch format {
        case .text: return decode([line.bytes[..<line.count]], of: [line])
        case .tsv:
            let fields = line.bytes[..<line.count].split(
                separator: format.separator, omittingEmptySubsequences: false)
            return decode(fields, of: [line])
        case .csv: return try csv(line)
        case .jsonl: return object(line)
        }
    }

    private mutating func nextLine() throws -> Line? {
        if let line = pending.popLast() { return line }
        return try lines.next()
    }

    /// Adds lines until the record is complete. A record with broken quotes ends with its first line,
    /// so that the following rows are not lost.
    private mutating func csv(_ first: Line) throws -> Result<Record, OfframpError> {
        var record = CSVRecord()
        var lines = [first]
        var count = 0
        while let line = lines.last {
            count += line.bytes.count
            switch record.add(line) {
            case .complete: return decode(record.fields.map { $0[...] }, of: lines)
            case .broken(let position):
                pending += lines.dropFirst().reversed()
                return failure(
                    line: line.number, column: position,
                    found: "a character after a closing quote", expected: "a comma")
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

    private func object(_ line: Line) -> Result<Record, OfframpError> {
        if line.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
            return .success(.fields([""]))
        }
        do {
            let value = try line.bytes.withUnsafeBytes {
                try JSON(parsing: $0, from: "\(name):\(line.number)")
            }
            if let members = value.members { return .success(.object(members)) }
            return failure(found: "JSON that is not an object", expected: "one object per line")
        } catch let error as OfframpError {
            return .failure(error)
        } catch {
            return failure(found: "\(error)", expected: "a JSON object")
        }
    }

    private func decode(
        _ fields: [ArraySlice<UInt8>], of lines: [Line]
    ) -> Result<Record, OfframpError> {
        let texts = fields.compactMap { String(validating: $0, as: UTF8.self) }
        if texts.count == fields.count { return .success(.fields(texts)) }
        let faults = lines.lazy.compactMap { line in line.firstInvalidByte.map { (line, $0) } }
        return failure(
            line: faults.first?.0.number, column: faults.first?.1,
            found: "bytes that are not UTF-8", expected: "UTF-8 text")
    }

    /// - Parameter column: a position in the line, counted from 0.
    private func failure(
        line: Int? = nil, column: Int? = nil, found: String, expected: String
    ) -> Result<Record, OfframpError> {
        let column = column.map { ":\($0 + 1)" } ?? ""
        let place = "\(name):\(line ?? self.line)\(column)"
        return .failure(OfframpError(.data, at: place, found: found, expected: expected))
    }
}
