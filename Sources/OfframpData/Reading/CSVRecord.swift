/// A CSV record (RFC 4180) to which lines are added; a quote inside an unquoted field is an ordinary
/// character.
struct CSVRecord {
    /// What a record is after a line.
    enum State: Equatable {
        case complete
        /// A quoted field goes on with the next line.
        case open
        /// Something other than a comma follows a closing quote, at this byte of the line.
        case broken(Int)
    }

    /// The fields that are complete, unquoted.
    private(set) var fields: [[UInt8]] = []
    private var field: [UInt8] = []
    private var isQuoted = false

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")

    /// Adds a line.
    mutating func add(_ line: Line) -> State {
        let bytes = line.bytes
        var position = 0
        if isQuoted { field.append(0x0A) }
        while true {
            if isQuoted {
                guard let end = addQuoted(bytes, from: position) else { return .open }
                isQuoted = false
                position = end
            } else if position < line.count, bytes[position] == Self.quote {
                isQuoted = true
                position += 1
                continue
            } else {
                let end = bytes[position..<line.count].firstIndex(of: Self.comma) ?? line.count
                field.append(contentsOf: bytes[position..<end])
                position = end
            }
            guard position >= line.count || bytes[position] == Self.comma else {
                return .broken(position)
            }
            fields.append(field)
            field.removeAll(keepingCapacity: true)
            if position >= line.count { return .complete }
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
