import OfframpTensor

/// An encoder without any classifier, driven layer by layer by its caller.
///
/// ```swift
/// var hidden = backbone.embed(batch, &dropout)        // depth 0
/// let bias = backbone.attentionBias(for: batch.texts)
/// for layer in backbone.layers {                       // depths 1, 2, …
///     hidden = layer(hidden, batch.texts, bias, &dropout)
/// }
/// ```
package struct Backbone: Sendable {
    /// The sizes of this encoder.
    package let configuration: EncoderConfiguration
    private var embeddings: Embeddings
    private var relativePositions: RelativePositions?
    /// The encoder layers, first to last.
    package private(set) var layers: [EncoderLayer]

    /// An encoder whose parameters are still to be loaded or initialised.
    package init(_ configuration: EncoderConfiguration) {
        self.configuration = configuration
        embeddings = Embeddings(configuration)
        if configuration.family.hasRelativePositions {
            relativePositions = RelativePositions(configuration)
        }
        layers = (0..<configuration.layerCount).map { _ in EncoderLayer(configuration) }
    }

    /// The hidden states of depth 0.
    ///
    /// - Returns: `[tokens, width]`.
    package func embed(_ batch: PackedBatch, _ dropout: inout Dropout) -> Tensor {
        embeddings(batch, &dropout)
    }

    /// The embeddings of words alone, `[ids, embedding width]`.
    package func wordEmbeddings(_ ids: [Int32]) -> Tensor { embeddings.words(ids) }

    /// What attention adds to its scores, in every layer; `nil` in a family that adds nothing.
    package func attentionBias(for texts: TextRanges) -> AttentionBias? {
        relativePositions.map { $0(longest: texts.longest) }
    }
}

extension Backbone: Parameterized {
    /// Visits the embeddings, then the layers from first to last, under the names that BERT has for them.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        embeddings.visitParameters(&visitor, under: prefix + "embeddings.")
        relativePositions?.visitParameters(
            &visitor, under: prefix + "encoder.relative_attention_bias.")
        for index in layers.indices {
            layers[index].visitParameters(&visitor, under: "\(prefix)encoder.layer.\(index).")
        }
    }
}
