import OfframpEncoder
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// A folder that holds everything needed to classify: configuration, vocabulary, backbone, heads.
///
/// Plain Hugging Face folders are checkpoints too: a `BertModel` has a backbone and no heads, a
/// `BertForSequenceClassification` has one head, at the last exit, under the method name `bert`.
public struct Checkpoint: Sendable {
    /// Where its files are.
    public let folder: CheckpointFolder
    /// The content of `config.json`.
    public let json: JSON
    /// The shape of the encoder.
    public let configuration: BertConfiguration
    /// What is told apart; `nil` for a backbone without labels.
    public let task: ModelTask?
    let weights: SafetensorsFile

    /// The method name of a Hugging Face classifier.
    public static let huggingFaceMethod = "bert"

    /// Opens a folder; no weights are read yet.
    ///
    /// - Throws: `OfframpError`: `noInput` for what is missing, `data` for what is wrong.
    public init(_ path: String) throws {
        folder = CheckpointFolder(path)
        try folder.check()
        json = try JSON(file: folder.configuration)
        configuration = try BertConfiguration(json, from: folder.configuration)
        weights = try SafetensorsFile(path: folder.weights)
        task = try ModelTask(
            json, from: folder.configuration,
            outputs: weights.stored(Self.classifier)?.dimensions.first)
    }

    private static let classifier = "classifier.weight"

    /// The methods that it has heads for.
    public var methods: [String] {
        let trained = folder.methods
        return trained.isEmpty && hasClassifier ? [Self.huggingFaceMethod] : trained
    }

    /// The method to use when none is asked for: `offramp` where it is there.
    ///
    /// - Throws: `OfframpError` (`data`) when the checkpoint has no heads at all.
    public func defaultMethod() throws -> String {
        let methods = methods
        if methods.contains("offramp") { return "offramp" }
        if let first = methods.first { return first }
        throw OfframpError(
            .data, at: folder.exits, found: "no heads", expected: "a checkpoint with trained exits")
    }

    /// The backbone with its weights.
    ///
    /// - Parameter precision: of the products in inference; `nil` keeps floats that can be trained.
    /// - Throws: `OfframpError` (`data`) naming all missing, unknown and misshapen tensors.
    public func backbone(_ precision: Precision? = nil) throws -> Backbone {
        try checkSize()
        var backbone = Backbone(configuration)
        try backbone.load(weights, precision: precision)
        return backbone
    }

    /// The settings of a method.
    ///
    /// - Throws: `OfframpError`: `usage` for a method that is not here, `data` for a broken file.
    public func settings(_ method: String) throws -> ExitSettings {
        guard methods.contains(method) else {
            let names = methods.joined(separator: ", ")
            throw OfframpError(
                .usage, at: "method", found: method,
                expected: names.isEmpty
                    ? "a checkpoint with trained exits" : "one of \(names) in \(folder.path)")
        }
        guard let task else {
            throw OfframpError(
                .data, at: "\(folder.configuration): id2label", found: "nothing",
                expected: "the labels' names")
        }
        guard folder.methods.contains(method) else {
            return ExitSettings(
                method: method, head: HeadKind.pooler.name, depths: [configuration.layers],
                policy: "full")
        }
        let settings = try ExitSettings(
            file: folder.settings(method), method: method, labels: task.outputs)
        guard settings.depths[settings.depths.count - 1] <= configuration.layers else {
            throw OfframpError(
                .data, at: folder.settings(method), found: "exits at depths \(settings.depths)",
                expected: "depths up to \(configuration.layers)")
        }
        try check(settings, task)
        return settings
    }

    /// Backbone and heads with their weights.
    ///
    /// - Parameter precision: of the products in inference; `nil` keeps floats that can be trained.
    /// - Throws: `OfframpError`.
    public func model(
        _ settings: ExitSettings, _ precision: Precision? = nil
    ) throws -> EarlyExitModel {
        EarlyExitModel(
            backbone: try backbone(precision),
            // Heads cost little, so they need not be less exact than floats.
            heads: try heads(settings, precision.map { _ in .float32 }))
    }

    /// Refuses weights that do not make a model, and those of heads that do not fit it.
    ///
    /// - Throws: `OfframpError` (`data`) naming all missing, unknown and misshapen tensors.
    func checkWeights() throws {
        _ = try backbone()
        for method in methods { _ = try heads(settings(method)) }
    }

    private func heads(
        _ settings: ExitSettings, _ precision: Precision? = nil
    ) throws -> HeadSet {
        var heads = HeadSet(
            try HeadKind.named(settings.head), depths: settings.depths,
            width: configuration.width, labels: task?.outputs ?? 1)
        if folder.methods.contains(settings.method) {
            let file = try SafetensorsFile(path: folder.headWeights(settings.method))
            try heads.load(file, precision: precision)
        } else {
            var classifier = HuggingFaceClassifier(heads: heads)
            try classifier.load(weights, precision: precision, reportingUnknown: false)
            heads = classifier.heads
        }
        return heads
    }

    private var hasClassifier: Bool { weights.stored(Self.classifier) != nil }
}

/// Shows the only head of a set under the names of `BertForSequenceClassification`.
private struct HuggingFaceClassifier: Parameterized {
    var heads: HeadSet

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        heads.visitParameters(&visitor) { _ in prefix }
    }
}
