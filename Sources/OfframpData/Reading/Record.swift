import OfframpFiles

/// A row whose columns have no names yet.
struct Record {
    enum Content {
        /// The fields of a table; `nil` for one that is not UTF-8.
        case cells([String?])
        /// The members of a JSON object; null for a text that is not UTF-8.
        case members([JSON.Member])
        /// A line of fastText's.
        case tagged(FastTextLine)
    }

    let content: Content
    /// What is wrong with fields of it, where others are good.
    let fault: OfframpError?

    init(_ content: Content, fault: OfframpError? = nil) {
        (self.content, self.fault) = (content, fault)
    }

    init(cells: [String]) { self.init(.cells(cells)) }

    /// Whether the row comes from a blank line.
    var isBlank: Bool {
        if case .cells(let cells) = content { cells == [""] } else { false }
    }
}
