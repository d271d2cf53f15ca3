import OfframpTensor

/// A kind of encoder that reads word pieces, described by how it differs from BERT.
package struct EncoderFamily: Sendable {
    /// `model_type` in `config.json`.
    package let name: String
    /// The keys of `config.json` that BERT calls otherwise, by BERT's.
    var keys: [String: String] = [:]
    /// The defaults of Hugging Face's configuration where they are not BERT's, by BERT's keys.
    var defaults: [String: Int] = [:]
    /// The parts of weights' names that BERT calls otherwise, by BERT's.
    var parts: [String: String] = [:]
    /// What stands before the number of a layer in the names of its weights.
    var layers = "encoder.layer."
    /// Whether every token has the embedding of its segment.
    var hasSegments = true
    /// The row of the position table that the first token reads.
    var firstPosition = 0
    /// Whether embeddings may be narrower than hidden states, and are then mapped to their width.
    var projectsEmbeddings = false
    /// Whether attention adds a learned number for the distance from query to key.
    var hasRelativePositions = false
    /// What Hugging Face's classifier has between its two linear maps.
    package var classifierActivation = Activation.tanh
}

extension EncoderFamily {
    /// All families.
    package static let all = [bert, distilbert, electra, mpnet]

    /// The name in Hugging Face's files of a weight that BERT calls by another.
    package func storedName(of name: String) -> String {
        let bertLayers = Self.bert.layers
        guard name.hasPrefix(bertLayers) else { return renamed(name[...]) }
        let place = name.dropFirst(bertLayers.count)
        guard let dot = place.firstIndex(of: ".") else { return name }
        return layers + place[...dot] + renamed(place[place.index(after: dot)...])
    }

    /// What may stand before the names of the encoder's weights, beside a classifier's.
    package var prefix: String { "\(name)." }

    /// Whether a tensor in Hugging Face's files is one of the encoder's, by its name.
    package func isOfEncoder(_ stored: String) -> Bool {
        let bare = bare(stored)
        return bare.hasPrefix("embeddings") || bare.hasPrefix("\(layers.prefix { $0 != "." }).")
    }

    /// Whether a tensor of the encoder is needed by the part of it between two depths: its layers', embeddings before
    /// depth 0, and everywhere what all layers have in common.
    ///
    /// - Parameter stored: the name in Hugging Face's files.
    package func isOfEncoder(_ stored: String, between depths: ClosedRange<Int>) -> Bool {
        guard isOfEncoder(stored) else { return false }
        let bare = bare(stored)
        if bare.hasPrefix("embeddings") { return depths.lowerBound == 0 }
        guard bare.hasPrefix(layers) else { return true }
        let number = Int(bare.dropFirst(layers.count).prefix { $0 != "." })
        return number.map { depths.contains($0) && $0 < depths.upperBound } ?? false
    }

    /// Whether a tensor belongs to a pooler, a classifier or the heads of pretraining.
    package func isOfUsualHead(_ stored: String) -> Bool {
        Self.usualHeads.contains { bare(stored).hasPrefix($0) }
    }

    private static let usualHeads = [
        "pooler.", "pre_classifier.", "classifier.", "cls.", "lm_head.", "vocab_",
        "discriminator_predictions.", "generator_",
    ]

    private func bare(_ stored: String) -> Substring {
        stored.hasPrefix(prefix) ? stored.dropFirst(prefix.count) : stored[...]
    }

    /// Replaces all but the last part of a name: `weight` or `bias`.
    private func renamed(_ name: Substring) -> String {
        guard let dot = name.lastIndex(of: ".") else { return String(name) }
        return (parts[String(name[..<dot])] ?? String(name[..<dot])) + name[dot...]
    }
}

extension EncoderFamily: Equatable {
    package static func == (a: EncoderFamily, b: EncoderFamily) -> Bool { a.name == b.name }
}
