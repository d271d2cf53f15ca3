import OfframpFiles
import OfframpTensor

/// The sizes of an encoder, as in Hugging Face's `config.json`; keys are those of BERT.
package struct EncoderConfiguration: Sendable, Equatable {
    /// What kind of encoder it is; `model_type`.
    package let family: EncoderFamily
    /// Width of a hidden state; `hidden_size`.
    package let width: Int
    /// Width of an embedding; `embedding_size` in a family that maps it to `width`.
    package let embeddingWidth: Int
    /// Encoder layers; `num_hidden_layers`.
    package let layerCount: Int
    /// Attention heads per layer; `num_attention_heads`.
    package let headCount: Int
    /// Inner width of the feed-forward network; `intermediate_size`.
    package let feedForwardWidth: Int
    /// Rows of the word-piece table; `vocab_size`.
    package let vocabularySize: Int
    /// Tokens of the longest text; `max_position_embeddings` without rows that no token reads.
    package let positionCount: Int
    /// Segments that a text may have; `type_vocab_size`, or `nil` where tokens have no segment.
    package let segmentCount: Int?
    /// Ranges of distances in attention; `relative_attention_num_buckets`.
    package let distanceBuckets: Int
    /// `hidden_act`.
    package let activation: Activation
    /// `layer_norm_eps`.
    package let epsilon: Float
    /// `hidden_dropout_prob`; used in training.
    package let hiddenDropout: Float
    /// `attention_probs_dropout_prob`; used in training.
    package let attentionDropout: Float

    /// Reads Hugging Face's keys; missing ones have the defaults of its configurations.
    ///
    /// - Parameters:
    ///   - json: the content of `config.json`.
    ///   - place: the file's name, for errors.
    /// - Throws: `OfframpError` (`data`) for another model type or a value that cannot be.
    package init(_ json: JSON, from place: String) throws {
        let keys = try FamilyKeys(JSONReader(json, at: place))
        try keys.requireAbsolutePositions()
        family = keys.family
        width = try keys.count("hidden_size", default: 768)
        embeddingWidth =
            family.projectsEmbeddings
            ? try keys.count("embedding_size", default: width) : width
        layerCount = try keys.count("num_hidden_layers", default: 12)
        headCount = try keys.count("num_attention_heads", default: 12)
        feedForwardWidth = try keys.count("intermediate_size", default: 3072)
        vocabularySize = try keys.count("vocab_size", default: 30522)
        positionCount =
            try keys.count(
                "max_position_embeddings", default: 512, least: family.firstPosition + 1)
            - family.firstPosition
        segmentCount = family.hasSegments ? try keys.count("type_vocab_size", default: 2) : nil
        distanceBuckets = try keys.count(
            "relative_attention_num_buckets", default: 32, least: 4, multiple: 4)
        epsilon = try keys.number("layer_norm_eps", default: 1e-12)
        hiddenDropout = try keys.number("hidden_dropout_prob", default: 0.1)
        attentionDropout = try keys.number("attention_probs_dropout_prob", default: 0.1)
        activation = try keys.activation("hidden_act", default: .gelu)
        guard width % headCount == 0 else {
            throw keys["hidden_size"].error(
                found: "\(width)", expected: "a multiple of the \(headCount) heads")
        }
    }
}

extension EncoderConfiguration {
    /// The depths of its hidden states: 0 for the embeddings, then one for each layer.
    package var depths: ClosedRange<Int> { 0...layerCount }
}
