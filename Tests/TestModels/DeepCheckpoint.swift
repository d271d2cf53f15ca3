import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import TestFiles

/// A folder with a small encoder of four layers and the heads of one method, all of random weights.
package struct DeepCheckpoint {
    /// The name of its method.
    package static let method = "offramp"
    /// How many layers it has.
    package static let layers = 4

    private let folder = TemporaryFolder()
    /// What the heads answer.
    package let task: ModelTask

    /// The checkpoint's folder.
    package var path: String { folder("checkpoint") }

    /// Writes it.
    ///
    /// - Parameters:
    ///   - family: of the encoder, by its name.
    ///   - kind: of the heads.
    ///   - seed: of the heads' weights; the encoder's are always the same.
    package init(
        _ kind: HeadKind = .mean, family: String = "bert", signal: Signal? = nil,
        task: ModelTask = .classification(["bad", "fair", "good"]),
        depths: [Int] = [0, 1, 2, 3, 4],
        policy: String = "full", seed: UInt64 = 1
    ) throws {
        self.task = task
        let writer = try CheckpointWriter(folder("checkpoint"), overwriting: false)
        let configuration = try Self.configuration(family, task)
        _ = folder.file("checkpoint/config.json", configuration.text())
        _ = folder.file("checkpoint/vocab.txt", Self.vocabulary(family))
        var backbone = Backbone(try EncoderConfiguration(configuration, from: "config.json"))
        var initializer = ParameterInitializer(seed: 3, deviation: 0.2)
        backbone.visitParameters(&initializer, under: "")
        try backbone.save(
            to: writer.folder.weights, of: backbone.configuration.family, as: .float32,
            overwriting: false)
        try Self.write(
            kind, signal, task, depths, policy, width: backbone.configuration.width, seed, writer)
    }

    private static func write(
        _ kind: HeadKind, _ signal: Signal?, _ task: ModelTask, _ depths: [Int], _ policy: String,
        width: Int, _ seed: UInt64, _ writer: CheckpointWriter
    ) throws {
        var heads = HeadSet(
            kind, signal: signal, task: task.kind, depths: depths, width: width,
            outputCount: task.outputCount)
        var initializer = ParameterInitializer(seed: seed, deviation: 0.25)
        heads.visitParameters(&initializer, under: "")
        try writer.write(heads, of: method)
        var settings = ExitSettings(method: method, heads: heads)
        settings.policy = policy
        settings.temperatures = depths.map { 1.5 - 0.2 * Float($0) }
        settings.results = ["dev": ["rows": 3]]
        try writer.write(settings)
    }

    /// The small classifier's configuration, of another family and deeper.
    private static func configuration(_ family: String, _ task: ModelTask) throws -> JSON {
        let changed: [JSON.Member] =
            [
                .init("model_type", .string(family)), .init("num_hidden_layers", .number(layers)),
            ] + task.members
        let keys = Set(changed.map(\.key))
        let kept = try JSON(file: SmallModel.folder + "/config.json").members ?? []
        return .object(kept.filter { !keys.contains($0.key) } + changed)
    }

    /// The small classifier's pieces, special ones by the names that the family has for them.
    private static func vocabulary(_ family: String) -> String {
        let pieces = contents(SmallModel.folder + "/vocab.txt")
        let names = ["[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"]
        return family != "mpnet"
            ? pieces : names.reduce(pieces) { $0.replacing($1.key, with: $1.value) }
    }

    /// Writes its parts into a folder, and gives theirs.
    ///
    /// - Parameter depths: where it is split.
    package func split(_ depths: [Int], into name: String = "parts") throws -> [String] {
        let source = try Checkpoint(path)
        return try source.parts(splitAt: depths).map { part in
            try CheckpointFolder(folder(name)).create()
            let path = folder("\(name)/\(part.name)")
            try CheckpointWriter(path, overwriting: true).write(part, of: source)
            return path
        }
    }

    /// Texts of 0 to 12 words, every fourth one a pair.
    package static func texts(_ count: Int, seed: UInt64 = 1) -> [TextInput] {
        var random = RandomSource(seed: seed)
        func sentence(_ most: Int) -> String {
            (0..<Int.random(in: 0...most, using: &random)).map { _ in
                SmallModel.words[Int.random(in: SmallModel.words.indices, using: &random)]
            }.joined(separator: " ")
        }
        return (0..<count).map { index in
            index % 4 == 3 ? TextInput(sentence(6), pair: sentence(6)) : TextInput(sentence(12))
        }
    }
}
