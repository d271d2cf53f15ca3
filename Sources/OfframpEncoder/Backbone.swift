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
///
/// A part of an encoder has the layers between two depths; without depth 0 it has no embeddings.
package struct Backbone: Sendable {
    /// The sizes of the whole encoder.
    package let configuration: EncoderConfiguration
    /// The depth of the hidden states that its layers begin with, and of those that they end with.
    package let depths: ClosedRange<Int>
    /// `nil` in a part that begins with hidden states.
    private var embeddings: Embeddings?
    private var relativePositions: RelativePositions?
    /// The encoder layers, first to last.
    package private(set) var layers: [EncoderLayer]

    /// An encoder whose parameters are still to be loaded or initialised.
    ///
    /// - Parameter depths: of the part that it is; `nil` for all layers.
    package init(_ configuration: EncoderConfiguration, depths: ClosedRange<Int>? = nil) {
        let depths = depths ?? configuration.depths
        precondition(
            depths.lowerBound >= 0 && depths.upperBound <= configuration.layerCount,
            "depths beyond the encoder")
        self.configuration = configuration
        self.depths = depths
        embeddings = depths.lowerBound == 0 ? Embeddings(configuration) : nil
        if configuration.family.hasRelativePositions {
            relativePositions = RelativePositions(configuration)
        }
        layers = (0..<depths.count - 1).map { _ in EncoderLayer(configuration) }
    }

    /// The hidden states of depth 0.
    ///
    /// - Returns: `[tokens, width]`.
    package func embed(_ batch: PackedBatch, _ dropout: inout Dropout) -> Tensor {
        wholeEmbeddings(batch, &dropout)
    }

    /// The embeddings of words alone, `[ids, embedding width]`.
    package func wordEmbeddings(_ ids: [Int32]) -> Tensor { wholeEmbeddings.words(ids) }

    private var wholeEmbeddings: Embeddings {
        guard let embeddings else { preconditionFailure("a part from depth \(depths.lowerBound)") }
        return embeddings
    }

    /// The layer that maps the hidden states of a depth to those of the next.
    package func layer(from depth: Int) -> EncoderLayer { layers[depth - depths.lowerBound] }

    /// Multiply-adds from the tokens to the hidden states of a depth, whichever parts compute them: all layers cost
    /// the same.
    package func cost(toDepth depth: Int) -> TokenCost {
        let layer = layers.first?.cost ?? TokenCost()
        return (0..<depth).reduce(TokenCost()) { sum, _ in sum + layer }
    }

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
        embeddings?.visitParameters(&visitor, under: prefix + "embeddings.")
        relativePositions?.visitParameters(
            &visitor, under: prefix + "encoder.relative_attention_bias.")
        for index in layers.indices {
            let depth = depths.lowerBound + index
            layers[index].visitParameters(&visitor, under: "\(prefix)encoder.layer.\(depth).")
        }
    }
}
