import OfframpFiles

/// Cuts a JSON array into its elements, with memory for one.
struct JSONArrayReader {
    /// An element's bytes, and the line where it begins.
    struct Element {
        let bytes: [UInt8]
        let line: Int
    }

    private enum Place {
        case beforeArray
        case inArray
        case behindArray
    }

    private var place = Place.beforeArray
    /// What has been read and not yet scanned.
    private var part: [UInt8] = []
    private var position = 0
    private var line = 1
    private var depth = 0
    private var isInText = false
    private var isEscaped = false
    private var element: [UInt8] = []
    private var elementLine = 1

    /// Whether there is something left to scan without reading on.
    var hasMore: Bool { position < part.count }

    /// The next element; `nil` behind the last one.
    ///
    /// - Throws: `OfframpError` (`data`) for an array that does not end, or does not end the file.
    mutating func next(_ lines: inout LineReader) throws -> Element? {
        while true {
            while position < part.count {
                let byte = part[position]
                position += 1
                if let element = try take(byte, lines.name) { return element }
            }
            guard let next = try lines.nextPart() else { break }
            (part, position, line) = (next.bytes + next.end.bytes, 0, next.number)
        }
        guard place == .behindArray else {
            throw failure(
                lines.name, found: "the end of the file", expected: "the end of the JSON array")
        }
        return nil
    }

    /// Takes a byte; the element that ends before it.
    private mutating func take(_ byte: UInt8, _ name: String) throws -> Element? {
        switch place {
        case .beforeArray:
            if byte == UInt8(ascii: "[") { place = .inArray }
            return nil
        case .behindArray:
            guard Self.isBlank(byte) else {
                throw failure(
                    name, found: "more behind the JSON array", expected: "the end of the file")
            }
            return nil
        case .inArray: return try scan(byte, name)
        }
    }

    private mutating func scan(_ byte: UInt8, _ name: String) throws -> Element? {
        if isInText {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInText = false
            }
        } else if depth == 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
            let isLast = byte == UInt8(ascii: "]")
            if isLast { place = .behindArray }
            defer { element = [] }
            // The end of an empty array, or a comma before it.
            return isLast && element.isEmpty ? nil : Element(bytes: element, line: elementLine)
        } else {
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(depth - 1, 0)
            default: break
            }
        }
        if element.isEmpty {
            if Self.isBlank(byte) { return nil }
            elementLine = line
        }
        element.append(byte)
        guard element.count <= Line.maximumBytes else {
            throw failure(
                name, at: elementLine, found: "more than \(Line.maximumBytes) bytes in one element",
                expected: "its end")
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private func failure(
        _ name: String, at line: Int? = nil, found: String, expected: String
    ) -> OfframpError {
        OfframpError(
            .data, at: "\(name):\(line ?? self.line)", found: found, expected: expected)
    }
}
