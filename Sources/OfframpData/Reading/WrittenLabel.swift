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
            return text.split(separator: separator).map(\.trimmed).filter { !$0.isEmpty }
        }
    }

    /// The text; `nil` for a list.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The label as it is written, for errors.
    var quotedText: String {
        switch self {
        case .text(let text): quoted(text)
        case .list(let labels): "[\(labels.map(quoted).joined(separator: ", "))]"
        }
    }
}

extension Substring {
    /// The text without blanks at its ends.
    fileprivate var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isBlank($0) }),
            let last = lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(self[first...last])
    }
}
