import ArgumentParser
import Offramp
import OfframpTokenizer

/// What is read of long texts.
struct LongTextOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What is read of long texts: as far as the model reads (head); a quarter of that from the beginning "
                + "and the rest from the end (head-tail); all, in overlapping windows of N tokens, each of which "
                + "leaves by itself (windows:N, from \(LongTexts.fewestTokens) on, \(LongTexts.windowTokens) unless "
                + "given); or nothing, which makes a bad row (refuse).",
            valueName: "head|head-tail|windows|refuse"))
    var long = LongTexts.head
}

extension LongTexts: ExpressibleByArgument {
    /// Reads what `--long` takes.
    public init?(argument: String) { self.init(name: argument) }

    /// The text that gives this value.
    public var defaultValueDescription: String { name }
}
