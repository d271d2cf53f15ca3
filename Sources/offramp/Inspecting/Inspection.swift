import OfframpEngine
import OfframpFiles

/// What a checkpoint holds, read without loading a model.
struct Inspection {
    let checkpoint: Checkpoint
    let methods: [ExitSettings]
    let weights: WeightFigures
    /// By method, in the same order; `nil` for a Hugging Face classifier, which has no file of its own, and in a part
    /// without an exit of the method.
    let heads: [WeightFigures?]

    /// Reads settings and headers.
    init(_ checkpoint: Checkpoint) throws {
        self.checkpoint = checkpoint
        methods = try checkpoint.methods.map(checkpoint.settings)
        weights = WeightFigures(
            checkpoint.weights.tensors, bytes: checkpoint.folder.weightBytes)
        heads = try checkpoint.methods.map { method in
            guard checkpoint.hasHeadWeights(method) else { return nil }
            return try WeightFigures(checkpoint.folder.headWeights(method))
        }
    }
}
