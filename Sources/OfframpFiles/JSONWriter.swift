extension JSON {
    /// The value as JSON text.
    ///
    /// - Parameter indented: one member per line, two blanks per level, for files that people read;
    ///   otherwise all on one line, for JSON lines.
    package func text(indented: Bool = false) -> String {
        var output = ""
        write(to: &output, level: indented ? 0 : nil)
        return output
    }

    private func write(to output: inout String, level: Int?) {
        switch self {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .number(let text): output += text
        case .string(let text): Self.write(text, to: &output)
        case .array(let elements):
            // Lists of plain values stay on one line even when indented.
            let level = elements.contains { $0.isContainer } ? level : nil
            Self.writeList(elements, "[", "]", to: &output, level: level) {
                element, output, level in
                element.write(to: &output, level: level)
            }
        case .object(let members):
            Self.writeList(members, "{", "}", to: &output, level: level) { member, output, level in
                Self.write(member.key, to: &output)
                output += ": "
                member.value.write(to: &output, level: level)
            }
        }
    }

    private var isContainer: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], _ opening: String, _ closing: String, to output: inout String,
        level: Int?, write: (Element, inout String, Int?) -> Void
    ) {
        output += opening
        for (index, element) in elements.enumerated() {
            if index > 0 { output += level == nil ? ", " : "," }
            if let level { output += lineBreak(level + 1) }
            write(element, &output, level.map { $0 + 1 })
        }
        if let level, !elements.isEmpty { output += lineBreak(level) }
        output += closing
    }

    private static func lineBreak(_ level: Int) -> String {
        "\n" + String(repeating: "  ", count: level)
    }

    private static func write(_ text: String, to output: inout String) {
        output += "\""
        defer { output += "\"" }
        guard text.utf8.contains(where: needsEscape) else { return output += text }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: output.unicodeScalars.append(scalar)
            }
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }
}
