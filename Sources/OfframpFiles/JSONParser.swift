extension JSON {
    /// Parses one JSON text (RFC 8259), strictly: no duplicate keys, no trailing commas or bytes,
    /// valid UTF-8 and paired surrogates, at most 64 levels.
    ///
    /// - Parameters:
    ///   - bytes: the UTF-8 text.
    ///   - place: the name of the source, for the error.
    ///   - nonFiniteIsNull: whether `NaN`, `Infinity` and `-Infinity`, which Python writes and no JSON has,
    ///     are read as null.
    /// - Throws: `OfframpError` (`data`) with the byte offset in `place`.
    package init(
        parsing bytes: UnsafeRawBufferPointer, from place: String, nonFiniteIsNull: Bool = false
    ) throws {
        var parser = JSONParser(bytes: bytes, place: place, nonFiniteIsNull: nonFiniteIsNull)
        self = try parser.document()
    }

    /// Parses JSON text; see `init(parsing:from:)`.
    ///
    /// - Throws: `OfframpError` (`data`).
    package init(parsing text: String, from place: String) throws {
        var text = text
        self = try text.withUTF8 { try JSON(parsing: UnsafeRawBufferPointer($0), from: place) }
    }

    /// Reads and parses a file.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file, `data` when it is not JSON.
    package init(file path: String) throws {
        self = try MappedFile(path: path).withBytes { try JSON(parsing: $0, from: path) }
    }
}

/// The keys of an object so far.
///
/// They are compared byte by byte: to `String` a composed and a decomposed "é" are equal, but
/// vocabularies hold both. Hashes are kept beside the keys, because vocabularies are large.
private struct JSONKeys {
    private var places: [Int: Int] = [:]

    /// Whether a key is not among `members`, all of which were inserted before it.
    mutating func insert(_ key: String, behind members: [JSON.Member]) -> Bool {
        var (key, hasher) = (key, Hasher())
        key.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        let hash = hasher.finalize()
        guard let place = places.updateValue(members.count, forKey: hash) else { return true }
        // Two keys of one hash: rare enough to look at all.
        return members[place].key.utf8.elementsEqual(key.utf8)
            ? false : !members.contains { $0.key.utf8.elementsEqual(key.utf8) }
    }
}

private struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    let place: String
    let nonFiniteIsNull: Bool
    var position = 0

    static let maximumDepth = 64

    init(bytes: UnsafeRawBufferPointer, place: String, nonFiniteIsNull: Bool) {
        (self.bytes, self.place, self.nonFiniteIsNull) = (bytes, place, nonFiniteIsNull)
    }

    mutating func document() throws -> JSON {
        let value = try value(depth: 0)
        skipBlanks()
        guard position == bytes.count else { throw unexpected("the end of the JSON text") }
        return value
    }

    private mutating func value(depth: Int) throws -> JSON {
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default:
            if nonFiniteIsNull, acceptNonFinite() { return .null }
            return .number(try number())
        }
    }

    private mutating func acceptNonFinite() -> Bool {
        for word in ["NaN", "Infinity", "-Infinity"]
        where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            return true
        }
        return false
    }

    private mutating func object(depth: Int) throws -> JSON {
        try open(depth)
        var members: [JSON.Member] = []
        var keys = JSONKeys()
        skipBlanks()
        if accept("}") { return .object([]) }
        repeat {
            skipBlanks()
            let start = position
            guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
            let key = try string()
            guard keys.insert(key, behind: members) else {
                position = start
                throw error(found: "the key \"\(key)\" a second time", expected: "unique keys")
            }
            skipBlanks()
            guard accept(":") else { throw unexpected("':'") }
            members.append(.init(key, try value(depth: depth + 1)))
            skipBlanks()
        } while accept(",")
        guard accept("}") else { throw unexpected("',' or '}'") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws -> JSON {
        try open(depth)
        var elements: [JSON] = []
        skipBlanks()
        if accept("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
        } while accept(",")
        guard accept("]") else { throw unexpected("',' or ']'") }
        return .array(elements)
    }

    /// Skips the opening bracket of a container; the limit on levels prevents a stack overflow.
    private mutating func open(_ depth: Int) throws {
        guard depth < Self.maximumDepth else {
            throw unexpected("at most \(Self.maximumDepth) nested levels")
        }
        position += 1
    }

    private mutating func literal(_ text: StaticString, _ value: JSON) throws -> JSON {
        for byte in UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount) {
            guard peek == byte else { throw unexpected("\(text)") }
            position += 1
        }
        return value
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func number() throws -> String {
        let start = position
        _ = accept("-")
        if !accept("0") { try digits("a JSON value") }
        if accept(".") { try digits("a digit") }
        if accept("e") || accept("E") {
            if !accept("+") { _ = accept("-") }
            try digits("a digit")
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits(_ expected: String) throws {
        let start = position
        while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            position += 1
        }
        guard position > start else { throw unexpected(expected) }
    }

    private mutating func string() throws -> String {
        position += 1
        var text = ""
        while true {
            let start = position
            while let byte = peek, byte >= 0x20, byte != UInt8(ascii: "\""),
                byte != UInt8(ascii: "\\")
            {
                position += 1
            }
            guard let run = utf8(start..<position) else {
                position = start
                throw error(found: "bytes that are not UTF-8", expected: "UTF-8 text")
            }
            if accept("\"") { return text.isEmpty ? run : text + run }
            text += run
            guard accept("\\") else { throw unexpected("the end of the string") }
            text.unicodeScalars.append(try escape())
        }
    }

    /// The text of a part; `nil` if it is not UTF-8.
    private func utf8(_ range: Range<Int>) -> String? {
        let part = UnsafeRawBufferPointer(rebasing: bytes[range])
        let isASCII = part.allSatisfy { $0 < 0x80 }
        return isASCII
            ? String(decoding: part, as: UTF8.self) : String(validating: part, as: UTF8.self)
    }

    private mutating func escape() throws -> Unicode.Scalar {
        guard let byte = peek else { throw unexpected("an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default:
            position -= 1
            throw unexpected("one of \" \\ / b f n r t u")
        }
    }

    private mutating func unicodeEscape() throws -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, accept("\\"), accept("u") else {
            throw unexpected("the second half of a surrogate pair")
        }
        let second = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw unexpected("the second half of a surrogate pair") }
        return scalar
    }

    private mutating func hexadecimal() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw unexpected("four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard let byte = peek, UInt32(byte) == character.value else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private func unexpected(_ expected: String) -> OfframpError {
        let found =
            peek.map { byte in
                (0x21..<0x7F).contains(byte)
                    ? "'\(Unicode.Scalar(byte))'" : "byte 0x\(String(byte, radix: 16))"
            } ?? "the end of the text"
        return error(found: found, expected: expected)
    }

    private func error(found: String, expected: String) -> OfframpError {
        OfframpError(.data, at: "\(place): byte \(position)", found: found, expected: expected)
    }
}
