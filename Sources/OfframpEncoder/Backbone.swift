import OfframpTensor

/// A BERT encoder without any classifier, driven layer by layer by its caller.
///
/// ```swift
/// var hidden = backbone.embed(batch, &dropout)        // depth 0
/// for layer in backbone.layers {                       // depths 1, 2, …
///     hidden = layer(hidden, batch.texts, &dropout)
/// }
/// ```
package struct Backbone: Sendable {
    /// The sizes of this encoder.
    package let configuration: BertConfiguration
    private var embeddings: BertEmbeddings
    /// The encoder layers, first to last.
    package private(set) var layers: [BertLayer]

    /// An encoder whose parameters are still to be loaded or initialised.
    package init(_ configuration: BertConfiguration) {
        self.configuration = configuration
        embeddings = BertEmbeddings(configuration)
        layers = (0..<configuration.layerCount).map { _ in BertLayer(configuration) }
    }

    /// The hidden states of depth 0.
    ///
    /// - Returns: `[tokens, width]`.
    package func embed(_ batch: PackedBatch, _ dropout: inout Dropout) -> Tensor {
        embeddings(batch, &dropout)
    }
}

extension Backbone: Parameterized {
    /// Visits the embeddings, then the layers from first to last.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        embeddings.visitParameters(&visitor, under: prefix + "embeddings.")
        for index in layers.indices {
            layers[index].visitParameters(&visitor, under: "\(prefix)encoder.layer.\(index).")
        }
    }
}
