import ArgumentParser
import Offramp
import OfframpEngine
import OfframpExit
import OfframpTensor

/// Which model answers, and when texts leave it.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The checkpoint folder (default: the shipped one).", valueName: "dir"))
    var checkpoint: String?

    @Option(
        help: ArgumentHelp(
            "The heads to use, by the method that trained them (default: offramp if the checkpoint has it).",
            valueName: "name"))
    var method: String?

    @Option(
        help: ArgumentHelp(
            "When texts leave (default: as the checkpoint says).", discussion: Self.policies,
            valueName: "name:value"))
    var policy: String?

    @Option(
        help: ArgumentHelp(
            "A policy by the name that the checkpoint has for it: fast, balanced, accurate, or one that "
                + "calibrate has saved.",
            valueName: "name"))
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

    /// Loads the model that was asked for.
    ///
    /// - Parameter folder: another checkpoint than `--checkpoint` names.
    func loadedModel(_ notes: NoteOptions, in folder: String? = nil) throws -> LoadedModel {
        let checkpoint = try notes.checkpoint(CheckpointFinder.folder(folder ?? checkpoint))
        return try LoadedModel(
            checkpoint, method.map(checkpoint.settings), precision: precision.precision,
            workers: threads.workers)
    }

    /// Loads what was asked for, with its policy.
    func classifier(
        _ notes: NoteOptions, in folder: String? = nil,
        batchTokens: Int = Engine.defaultBatchTokens
    ) throws -> Classifier {
        let model = try loadedModel(notes, in: folder).with(batchTokens: batchTokens)
        return try Classifier(model, policy: policyText(model.settings))
    }

    /// The policy that was asked for, as the catalog reads it.
    func policyText(_ settings: ExitSettings) throws -> String {
        try policy ?? speed.map(settings.operatingPoint) ?? settings.policy
    }

    /// What `--policy` takes, one line per kind.
    private static let policies = PolicyKind.catalog.map { kind in
        "\(kind.syntax) -- \(kind.summary)" + (kind.paper.isEmpty ? "." : ". \(kind.paper).")
    }.joined(separator: "\n")
}
