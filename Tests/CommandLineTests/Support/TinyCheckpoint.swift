import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import TestFiles
import TestModels

/// A checkpoint of two layers whose heads, at depths 0 to 2, have random weights.
struct TinyCheckpoint {
    let folder = TemporaryFolder()

    /// A folder as Hugging Face has it: a backbone with its vocabulary.
    var backbone: String { folder("backbone") }
    /// The backbone with heads for `negative` and `positive`.
    var path: String { folder("checkpoint") }

    /// The words that have an id.
    static let words = TinyBackbone.words

    /// - Parameters:
    ///   - seed: of the heads' weights.
    ///   - task: what they answer.
    init(
        seed: UInt64 = 7, task: ModelTask = .classification(["negative", "positive"])
    ) throws {
        try TinyBackbone.write(to: backbone)
        let source = try Checkpoint(backbone)
        let writer = try CheckpointWriter(path, overwriting: false)
        try writer.write(source.backbone(), from: source, task: task, as: .float32)
        var heads = HeadSet(
            .mean, task: task.kind, depths: [0, 1, 2], width: 32, outputCount: task.outputCount)
        // Large enough that some texts are surer than others.
        var initializer = ParameterInitializer(seed: seed, deviation: 0.3)
        heads.visitParameters(&initializer, under: "")
        try writer.write(heads, of: "offramp")
        try writer.write(
            task.rules.hasLabels ? settings : ExitSettings(method: "offramp", heads: heads))
    }

    /// The arguments of a command that uses this checkpoint.
    func arguments(_ arguments: [String]) -> [String] { arguments + ["--checkpoint", path] }

    /// Runs a command with this checkpoint, which stays until the command has ended.
    func run(_ arguments: [String], input: String = "") -> CommandRun {
        defer { withExtendedLifetime(folder) {} }
        return CommandRun(self.arguments(arguments), input: input)
    }

    private var settings: ExitSettings {
        var settings = ExitSettings(
            method: "offramp", head: "mean", depths: [0, 1, 2], policy: "confidence:0.7")
        settings.operatingPoints = [
            JSON.Member("fast", "depth:0"), JSON.Member("accurate", "full"),
        ]
        return settings
    }
}
