import OfframpFiles

/// The label of a row as its file has it.
package enum WrittenLabel: Sendable, Hashable {
    /// A word or a number; several of them where a separator is agreed on.
    case text(String)
    /// A list, as JSON can have it.
    case list([String])
}

extension WrittenLabel: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
}

extension WrittenLabel {
    /// The labels of a row that may have several.
    ///
    /// - Parameter separator: what stands between labels in a text; `nil` where only lists are lists.
    /// - Returns: `nil` for a text without a separator agreed on.
    func parts(separator: Character?) -> [String]? {
        switch self {
        case .list(let labels): return labels
        case .text(let text):
            guard let separator else { return nil }
            return text.split(separator: separator).map { String($0).trimmed }
                .filter { !$0.isEmpty }
        }
    }

    /// The text; `nil` for a list.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The label without blanks at its ends; `nil` if nothing is left.
    var trimmed: WrittenLabel? {
        switch self {
        case .text(let text): text.trimmed.isEmpty ? nil : .text(text.trimmed)
        case .list(let labels): .list(labels.map(\.trimmed).filter { !$0.isEmpty })
        }
    }

    /// The label as it is written, for errors.
    var quotedText: String {
        switch self {
        case .text(let text): quoted(text)
        case .list(let labels): "[\(labels.map(quoted).joined(separator: ", "))]"
        }
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmed: String {
        guard let first = unicodeScalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(unicodeScalars[first...last])
    }
}
