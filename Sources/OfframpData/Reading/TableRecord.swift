import OfframpFiles

/// How a line of a table is cut into fields.
package struct Dialect: Sendable, Equatable {
    /// The byte between two fields.
    var separator: UInt8
    /// Whether a field may stand in quotes, with quotes inside doubled (RFC 4180).
    var hasQuotes: Bool

    /// Cuts at commas, with quotes.
    static let csv = Dialect(separator: UInt8(ascii: ","), hasQuotes: true)
    /// Cuts at tabs, without quotes, as GLUE's files are written.
    static let tsv = Dialect(separator: UInt8(ascii: "\t"), hasQuotes: false)

    /// What errors and notes call the separator.
    var separatorName: String { Self.name(separator) }

    static func name(_ separator: UInt8) -> String {
        switch separator {
        case UInt8(ascii: ","): "commas"
        case UInt8(ascii: "\t"): "tabs"
        case UInt8(ascii: ";"): "semicolons"
        default: quoted(String(decoding: [separator], as: UTF8.self))
        }
    }
}

/// A record of a table to which lines are added; a quote inside an unquoted field is an ordinary
/// character.
struct TableRecord {
    /// What a record is after a line.
    enum State: Equatable {
        case complete
        /// A quoted field goes on with the next line.
        case open
        /// Something other than a separator follows a closing quote, at this byte of the line.
        case broken(Int)
    }

    /// The fields that are complete, without their quotes.
    private(set) var fields: [[UInt8]] = []
    private let dialect: Dialect
    private var field: [UInt8] = []
    private var isQuoted = false
    /// The end of the line before, which belongs to a quoted field.
    private var lineEnd = Line.End.none

    private static let quote = UInt8(ascii: "\"")

    init(_ dialect: Dialect) { self.dialect = dialect }

    /// The fields of a line alone, which may be cut off within quotes; `nil` if its quotes are broken.
    static func fields(_ line: Line, _ dialect: Dialect) -> [[UInt8]]? {
        var record = TableRecord(dialect)
        return switch record.add(line) {
        case .complete: record.fields
        case .open: record.fields + [record.field]
        case .broken: nil
        }
    }

    /// Adds a line.
    mutating func add(_ line: Line) -> State {
        let bytes = line.bytes
        var position = 0
        if isQuoted { field += lineEnd.bytes }
        lineEnd = line.end
        while true {
            if isQuoted {
                guard let end = addQuoted(bytes, from: position) else { return .open }
                isQuoted = false
                position = end
            } else if dialect.hasQuotes, position < bytes.count, bytes[position] == Self.quote {
                isQuoted = true
                position += 1
                continue
            } else {
                let end = bytes[position...].firstIndex(of: dialect.separator) ?? bytes.count
                field.append(contentsOf: bytes[position..<end])
                position = end
            }
            guard position >= bytes.count || bytes[position] == dialect.separator else {
                return .broken(position)
            }
            fields.append(field)
            field.removeAll(keepingCapacity: true)
            if position >= bytes.count { return .complete }
            position += 1
        }
    }

    /// Adds the quoted bytes from `position` on; the position after the closing quote, `nil` when
    /// it is not in this line.
    private mutating func addQuoted(_ bytes: [UInt8], from position: Int) -> Int? {
        var position = position
        while let end = bytes[position...].firstIndex(of: Self.quote) {
            field.append(contentsOf: bytes[position..<end])
            position = end + 1
            guard position < bytes.count, bytes[position] == Self.quote else { return position }
            field.append(Self.quote)
            position += 1
        }
        field.append(contentsOf: bytes[position...])
        return nil
    }
}
