import OfframpFiles

/// What is read of a long text.
public enum LongTexts: Sendable, Equatable {
    /// The beginning, as far as the model reads.
    case head
    /// Of a text that is longer than the model reads a quarter of the limit from the beginning, and the rest
    /// from the end (Sun et al. 2019).
    case headTail
    /// All of it, in windows of so many tokens that overlap by a quarter; each is classified by itself, and the
    /// answer is the mean of theirs. Windows as long as the texts that the model was trained on are best.
    case windows(tokens: Int)
    /// Nothing: a text that is longer than the model reads is an error.
    case refuse

    /// The tokens of a window where nothing else is said.
    public static let windowTokens = 64
}

extension LongTexts {
    private static let windowsName = "windows"
    /// The tokens of the smallest window.
    package static let fewestTokens = 16

    /// Reads a choice as it is written: `head`, `head-tail`, `windows`, `windows:N` from 16 tokens on, or `refuse`.
    package init?(name: String) {
        switch name {
        case "head": self = .head
        case "head-tail": self = .headTail
        case "refuse": self = .refuse
        case Self.windowsName: self = .windows(tokens: Self.windowTokens)
        default:
            let parts = name.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == Self.windowsName, let tokens = Int(parts[1]),
                tokens >= Self.fewestTokens
            else { return nil }
            self = .windows(tokens: tokens)
        }
    }

    /// Refuses windows where one text must have one way through the model.
    ///
    /// - Throws: `OfframpError` (`usage`), at a place that is named in it.
    package func refuseWindows(at place: String) throws {
        guard case .windows = self else { return }
        throw OfframpError(
            .usage, at: place, found: "long texts in windows", expected: "head, head-tail or refuse"
        )
    }

    /// The choice as it is written.
    package var name: String {
        switch self {
        case .head: "head"
        case .headTail: "head-tail"
        case .windows(let tokens): "\(Self.windowsName):\(tokens)"
        case .refuse: "refuse"
        }
    }
}
