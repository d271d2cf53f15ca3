import OfframpTensor

/// Word, position and segment embeddings, summed and normalised: the hidden states of depth 0.
struct Embeddings: Sendable {
    private var words: WeightMatrix
    private var positions: WeightMatrix
    /// `nil` in a family without segments.
    private var segments: WeightMatrix?
    private var norm: LayerNorm
    /// To the width of hidden states, where embeddings are narrower.
    private var project: Linear?
    private let firstPosition: Int32

    init(_ configuration: EncoderConfiguration) {
        let width = configuration.embeddingWidth
        func table(_ rows: Int) -> WeightMatrix { .float32(Tensor(unset: .matrix(rows, width))) }
        words = table(configuration.vocabularySize)
        firstPosition = Int32(configuration.family.firstPosition)
        positions = table(configuration.family.firstPosition + configuration.positionCount)
        segments = configuration.segmentCount.map(table)
        norm = LayerNorm(width: width, epsilon: configuration.epsilon)
        if width != configuration.width {
            project = Linear(inputs: width, outputs: configuration.width)
        }
    }

    /// The embeddings of words alone, neither placed nor normalised, `[ids, embedding width]`.
    func words(_ ids: [Int32]) -> Tensor { embeddingSum([TableReading(ids, of: words)]) }

    func callAsFunction(_ batch: PackedBatch, _ dropout: inout Dropout) -> Tensor {
        let positions = batch.positions.map { $0 + firstPosition }
        var readings = [
            TableReading(batch.words, of: words), TableReading(positions, of: self.positions),
        ]
        if let segments { readings.append(TableReading(batch.segments, of: segments)) }
        let embedded = norm(embeddingSum(readings)).dropping(&dropout)
        return project.map { $0(embedded) } ?? embedded
    }
}

extension Embeddings: Parameterized {
    /// Visits the tables of words, positions and segments, the norm, then the projection.
    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        visitor.visit([prefix + "word_embeddings.weight"], &words, .lookup)
        visitor.visit([prefix + "position_embeddings.weight"], &positions, .lookup)
        if var table = segments {
            // The only reference, or a change would copy the table.
            segments = nil
            visitor.visit([prefix + "token_type_embeddings.weight"], &table, .lookup)
            segments = table
        }
        norm.visitParameters(&visitor, under: prefix + "LayerNorm.")
        project?.visitParameters(&visitor, under: prefix + "project.")
    }
}
