import ArgumentParser
import Offramp

/// What is read of long texts.
struct LongTextOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What is read of long texts: as far as the model reads (head); a quarter of that from the beginning "
                + "and the rest from the end (head-tail); all, in overlapping windows of N tokens, each of which "
                + "leaves by itself (windows:N, \(LongTexts.windowTokens) unless given); or nothing, which makes "
                + "a bad row (refuse).",
            valueName: "head|head-tail|windows|refuse"))
    var long = LongTexts.head
}

extension LongTexts: ExpressibleByArgument {
    private static let windowsName = "windows"
    private static let fewestTokens = 16

    /// Reads what `--long` takes.
    public init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        switch argument {
        case "head": self = .head
        case "head-tail": self = .headTail
        case "refuse": self = .refuse
        case Self.windowsName: self = .windows(tokens: Self.windowTokens)
        default:
            guard parts.count == 2, parts[0] == Self.windowsName, let tokens = Int(parts[1]),
                tokens >= Self.fewestTokens
            else { return nil }
            self = .windows(tokens: tokens)
        }
    }

    /// The text that gives this value.
    public var defaultValueDescription: String { "head" }
}
