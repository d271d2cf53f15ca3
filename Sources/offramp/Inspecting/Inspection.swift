import OfframpEngine
import OfframpFiles

/// What a checkpoint holds, read without loading a model.
struct Inspection {
    let checkpoint: Checkpoint
    let methods: [ExitSettings]
    let weights: WeightFigures
    /// Of each method, in the same order; `nil` where a Hugging Face classifier has no own file.
    let heads: [WeightFigures?]

    /// Reads settings and headers.
    init(_ checkpoint: Checkpoint) throws {
        self.checkpoint = checkpoint
        methods = try checkpoint.methods.map(checkpoint.settings)
        weights = try WeightFigures(checkpoint.folder.weights)
        heads = try checkpoint.methods.map { method in
            guard checkpoint.folder.methods.contains(method) else { return nil }
            return try WeightFigures(checkpoint.folder.headWeights(method))
        }
    }

    /// The encoder's measures by their names.
    var shape: [(name: String, key: String, value: Int)] {
        let configuration = checkpoint.configuration
        return [
            ("layers", "layers", configuration.layerCount), ("width", "width", configuration.width),
            ("attention heads", "attention_heads", configuration.headCount),
            ("feed-forward width", "feed_forward_width", configuration.feedForwardWidth),
            ("vocabulary", "vocabulary", configuration.vocabularySize),
            ("longest text", "longest_text", configuration.positionCount),
        ]
    }
}
