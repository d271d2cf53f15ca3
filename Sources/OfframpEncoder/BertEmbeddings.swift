import OfframpTensor

/// Word, position and segment embeddings, summed and normalised: the hidden states of depth 0.
struct BertEmbeddings: Sendable {
    private var words: WeightMatrix
    private var positions: WeightMatrix
    private var segments: WeightMatrix
    private var norm: LayerNorm

    init(_ configuration: BertConfiguration) {
        let width = configuration.width
        func table(_ rows: Int) -> WeightMatrix { .float32(Tensor(unset: .matrix(rows, width))) }
        words = table(configuration.vocabularySize)
        positions = table(configuration.positionCount)
        segments = table(configuration.segmentCount)
        norm = LayerNorm(width: width, epsilon: configuration.epsilon)
    }

    func callAsFunction(_ batch: PackedBatch, _ dropout: inout Dropout) -> Tensor {
        let sum = embeddingSum(
            batch.indices, words: words, positions: positions, segments: segments)
        return norm(sum).dropping(&dropout)
    }
}

extension BertEmbeddings: Parameterized {
    /// Visits the tables of words, positions and segments, then the norm.
    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        visitor.visit([prefix + "word_embeddings.weight"], &words, .lookup)
        visitor.visit([prefix + "position_embeddings.weight"], &positions, .lookup)
        visitor.visit([prefix + "token_type_embeddings.weight"], &segments, .lookup)
        norm.visitParameters(&visitor, under: prefix + "LayerNorm.")
    }
}
