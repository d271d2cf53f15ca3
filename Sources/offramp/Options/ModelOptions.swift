import ArgumentParser
import OfframpExit
import OfframpTensor

/// Which model answers, and when texts leave it.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The checkpoint folder (default: the shipped one).", valueName: "dir"))
    var checkpoint: String?

    @Option(
        help: ArgumentHelp(
            "The heads to use, by the method that trained them (default: offramp where it is there).",
            valueName: "name"))
    var method: String?

    @Option(
        help: ArgumentHelp(
            "When texts leave (default: as the checkpoint says).", discussion: Self.policies,
            valueName: "name:value"))
    var policy: String?

    @Option(
        help: ArgumentHelp(
            "A policy by the name that the checkpoint has for it.",
            valueName: "fast|balanced|accurate"))
    var speed: String?

    @Option(
        help: ArgumentHelp(
            "What layers compute in; auto is the fastest that kept the checkpoint's accuracy.",
            valueName: "name"))
    var precision = PrecisionOption.auto

    @OptionGroup var threads: ThreadOptions

    func validate() throws {
        if policy != nil, speed != nil {
            throw ValidationError("Either --policy or --speed, not both.")
        }
    }

    /// The same model with nobody leaving early.
    var answeringInFull: ModelOptions {
        var options = self
        (options.policy, options.speed) = ("full", nil)
        return options
    }

    /// The worker threads asked for.
    var workers: Workers { threads.workers }

    /// What `--policy` takes, a line for each kind.
    private static let policies = PolicyCatalog.rows.map { row in
        "\(row.syntax) -- \(row.summary)" + (row.paper.isEmpty ? "." : ". \(row.paper).")
    }.joined(separator: "\n")
}
