import OfframpEncoder
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

/// A folder that holds everything needed to classify: configuration, vocabulary, backbone, heads.
///
/// Plain Hugging Face folders are checkpoints too: an encoder has a backbone and no heads, a model for
/// sequence classification has one head, at the last exit, under the name of its family: `bert`.
package struct Checkpoint: Sendable {
    /// Where its files are.
    package let folder: CheckpointFolder
    /// The content of `config.json`.
    package let json: JSON
    /// The shape of the encoder.
    package let configuration: EncoderConfiguration
    /// What its heads answer; `nil` for a backbone without labels.
    package let task: ModelTask?
    /// Where its heads are: the same folder, except for heads that are about to join it.
    package private(set) var headFolder: CheckpointFolder
    /// The tensors of the backbone, and of a classifier of Hugging Face's.
    package let weights: any StoredTensors
    /// Which part of a split checkpoint it is; `nil` for a whole one.
    package let part: ModelPart?

    /// Opens a folder; no weights are read yet.
    ///
    /// - Throws: `OfframpError`: `noInput` for what is missing, `data` for what is wrong, or a part of a checkpoint.
    package init(_ path: String) throws {
        try self.init(opening: path)
        try requireWhole()
    }

    /// Opens a folder that holds a whole checkpoint or a part of one.
    ///
    /// - Throws: `OfframpError`: `noInput` for what is missing, `data` for what is wrong.
    package init(opening path: String) throws {
        folder = try CheckpointFolder(path).ofEncoder()
        headFolder = folder
        try folder.check()
        json = try JSON(file: folder.configuration)
        configuration = try EncoderConfiguration(json, from: folder.configuration)
        weights = try CheckpointWeights(folder)
        part = try ModelPart(folder)
        task = try ModelTask(
            json, from: folder.configuration,
            outputs: weights.stored(Self.huggingFaceClassifier(of: configuration.family))?
                .dimensions.first)
        try checkNames()
        try checkDepths()
    }

    /// The same backbone under heads from another folder.
    package func withHeads(in folder: CheckpointFolder) -> Checkpoint {
        var checkpoint = self
        checkpoint.headFolder = folder
        return checkpoint
    }

    /// What its heads answer.
    ///
    /// - Throws: `OfframpError` (`data`) for a backbone without labels.
    package func requiredTask() throws -> ModelTask {
        if let task { return task }
        throw OfframpError(
            .data, at: "\(folder.configuration): id2label", found: "nothing",
            expected: "the labels' names")
    }
}

// MARK: - Methods

extension Checkpoint {
    /// The methods that it has heads for.
    package var methods: [String] {
        let trained = headFolder.methods
        return trained.isEmpty && hasHuggingFaceClassifier ? [huggingFaceMethod] : trained
    }

    /// Whether it has a file with the weights of a method's heads.
    package func hasHeadWeights(_ method: String) -> Bool {
        headFolder.methods.contains(method)
            && (part?.exits[method] == nil || headFolder.hasHeadWeights(method))
    }

    /// The method to use when none is asked for: `offramp` where it is there.
    ///
    /// - Throws: `OfframpError` (`data`) when the checkpoint has no heads at all.
    package func defaultMethod() throws -> String {
        let methods = methods
        if methods.contains("offramp") { return "offramp" }
        if let first = methods.first { return first }
        throw OfframpError(
            .data, at: headFolder.exits, found: "no heads",
            expected: "a checkpoint with trained exits")
    }

    /// The settings of a method.
    ///
    /// - Throws: `OfframpError`: `usage` for a method that is not here, `data` for a broken file.
    package func settings(_ method: String) throws -> ExitSettings {
        guard methods.contains(method) else {
            let names = methods.joined(separator: ", ")
            throw OfframpError(
                .usage, at: "method", found: method,
                expected: names.isEmpty
                    ? "a checkpoint with trained exits" : "one of \(names) in \(folder.path)")
        }
        let task = try requiredTask()
        guard headFolder.methods.contains(method) else { return huggingFaceSettings }
        let file = headFolder.settings(method)
        let settings = try ExitSettings(file: file, method: method)
        guard settings.depths[settings.depths.count - 1] <= configuration.layerCount else {
            throw OfframpError(
                .data, at: file, found: "exits at depths \(settings.depths)",
                expected: "depths up to \(configuration.layerCount)")
        }
        try check(settings, task)
        return settings
    }
}

// MARK: - Weights

extension Checkpoint {
    /// The backbone with its weights.
    ///
    /// - Parameter precision: of the products in inference; `nil` keeps floats that can be trained.
    /// - Throws: `OfframpError` (`data`) naming all missing, unknown and misshapen tensors.
    package func backbone(_ precision: Precision? = nil) throws -> Backbone {
        try checkSize()
        var backbone = Backbone(configuration, depths: depths)
        try backbone.load(weights, of: configuration.family, precision: precision)
        return backbone
    }

    /// Backbone and heads with their weights.
    ///
    /// - Parameter precision: of the products in inference; `nil` keeps floats that can be trained.
    /// - Throws: `OfframpError`.
    package func model(
        _ settings: ExitSettings, _ precision: Precision? = nil
    ) throws -> EarlyExitModel {
        EarlyExitModel(
            backbone: try backbone(precision),
            heads: try heads(settings, precision))
    }

    /// Refuses weights that do not make a model, and those of heads that do not fit it.
    ///
    /// - Throws: `OfframpError` (`data`) naming all missing, unknown and misshapen tensors.
    func checkWeights() throws {
        _ = try backbone()
        for method in methods { _ = try heads(settings(method)) }
    }

    /// The heads with their weights.
    func heads(
        _ settings: ExitSettings, _ precision: Precision? = nil
    ) throws -> HeadSet {
        let task = try requiredTask()
        if settings.method == huggingFaceMethod, headFolder.methods.isEmpty {
            return try huggingFaceClassifier(task, precision)
        }
        var own = try OwnHeads(settings.heads(width: configuration.width, task: task), depths)
        guard !own.exits.isEmpty else { return own.heads }
        let file = try SafetensorsFile(path: headFolder.headWeights(settings.method))
        try own.load(file, precision: precision)
        return own.heads
    }
}
