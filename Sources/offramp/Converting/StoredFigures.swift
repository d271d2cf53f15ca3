import OfframpEngine
import OfframpTensor

/// How a checkpoint is stored.
struct StoredFigures {
    /// Bytes of all its files.
    let bytes: Int
    /// The types of the backbone's weights, the most frequent first.
    let types: [ElementType]

    init(_ checkpoint: Checkpoint) throws {
        bytes = checkpoint.folder.bytes
        types = try WeightFigures(checkpoint.folder.weights).types
    }
}
