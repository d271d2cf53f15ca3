import COfframpKernels

/// The indices that one packed batch reads from the three embedding tables, one of each a token.
public struct TokenIndices: Sendable {
    /// Word-piece ids.
    public let words: [Int32]
    /// Places within the text, from 0.
    public let positions: [Int32]
    /// 0 for the first segment of a text, 1 for the second.
    public let types: [Int32]

    /// Indices of equally many tokens.
    public init(words: [Int32], positions: [Int32], types: [Int32]) {
        precondition(words.count == positions.count && words.count == types.count)
        self.words = words
        self.positions = positions
        self.types = types
    }

    /// The number of tokens.
    public var count: Int { words.count }
}

/// The sum of three rows for every token: its word piece, its position, its segment.
///
/// - Returns: `[tokens, width]`.
public func embeddingSum(
    _ indices: TokenIndices, words: WeightMatrix, positions: WeightMatrix, types: WeightMatrix
) -> Tensor {
    let (words, positions, types) = (words.tensor, positions.tensor, types.tensor)
    let width = words.columns
    precondition(positions.columns == width && types.columns == width)
    checkRows(indices.words, of: words)
    checkRows(indices.positions, of: positions)
    checkRows(indices.types, of: types)
    let sum = Tensor(.matrix(indices.count, width)) {
        offramp_embed(
            indices.count, width, indices.words, indices.positions, indices.types, words.pointer,
            positions.pointer, types.pointer, $0)
    }
    return sum.recorded(from: words, positions, types) { gradient, sink in
        sink.add(gradient, toRows: indices.words, of: words)
        sink.add(gradient, toRows: indices.positions, of: positions)
        sink.add(gradient, toRows: indices.types, of: types)
    }
}

private func checkRows(_ indices: [Int32], of table: Tensor) {
    let rows = UInt32(table.rows)
    precondition(
        indices.allSatisfy { UInt32(bitPattern: $0) < rows }, "an index beyond \(rows) rows")
}
