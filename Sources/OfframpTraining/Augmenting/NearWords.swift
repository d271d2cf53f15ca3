import OfframpEncoder
import OfframpTensor
import OfframpTokenizer

/// For words of a vocabulary those whose embeddings are nearest to theirs, by cosine.
///
/// They often stand in the same places, but need not mean the same: *good* is near *bad*. So texts whose words
/// are replaced need a teacher to answer them.
package struct NearWords: Sendable {
    private let near: [Int32: [String]]

    /// Finds the words near to some.
    ///
    /// - Parameters:
    ///   - words: in any spelling; those that are not one piece of the vocabulary have no near words.
    ///   - count: how many of each.
    package init(
        of words: Set<String>, count: Int, _ backbone: Backbone, _ tokenizer: Tokenizer,
        workers: Workers = .all
    ) {
        let asked = Set(words.compactMap { Self.piece(of: $0, tokenizer) }).sorted()
        let known = (0..<Int32(tokenizer.pieceCount)).filter {
            Self.isWord(tokenizer.piece($0))
        }
        let candidates = backbone.wordEmbeddings(known).unitRows()
        let noBias = Tensor([Float](repeating: 0, count: known.count), .vector(known.count))
        let blocks = stride(from: 0, to: asked.count, by: Self.block).map {
            Array(asked[$0..<min($0 + Self.block, asked.count)])
        }
        let found = workers.map(blocks.count) { block in
            let cosines = backbone.wordEmbeddings(blocks[block]).unitRows()
                .affine(candidates, noBias)
            return blocks[block].indices.map { row in
                Self.largest(count, of: cosines.row(row), but: blocks[block][row], known)
                    .map(tokenizer.piece)
            }
        }
        near = Dictionary(uniqueKeysWithValues: zip(asked, found.joined()))
    }

    /// Words whose cosines are computed together.
    private static let block = 64

    /// The words near to one, the nearest first; none for a word of several pieces.
    package func words(near word: String, _ tokenizer: Tokenizer) -> [String] {
        Self.piece(of: word, tokenizer).flatMap { near[$0] } ?? []
    }

    /// The piece that is all of a word.
    private static func piece(of word: String, _ tokenizer: Tokenizer) -> Int32? {
        let ids = tokenizer.encode(word).ids
        guard ids.count == 3, isWord(tokenizer.piece(ids[1])) else { return nil }
        return ids[1]
    }

    /// Whether a piece is a word: neither the rest of one, nor a sign or a single letter.
    private static func isWord(_ piece: String) -> Bool {
        piece.count > 1 && piece.allSatisfy(\.isLetter)
    }

    /// The candidates with the largest cosines, in descending order.
    private static func largest(
        _ count: Int, of cosines: [Float], but asked: Int32, _ candidates: [Int32]
    ) -> [Int32] {
        var best: [(cosine: Float, id: Int32)] = []
        for (cosine, id) in zip(cosines, candidates) where id != asked {
            if best.count == count, cosine <= best[count - 1].cosine { continue }
            let place = best.firstIndex { $0.cosine < cosine } ?? best.count
            best.insert((cosine, id), at: place)
            if best.count > count { best.removeLast() }
        }
        return best.map(\.id)
    }
}

extension Tensor {
    /// The same rows, each of length 1; a row of zeros stays.
    fileprivate func unitRows() -> Tensor {
        let lengths = (0..<rows).map { index in
            row(index).reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
        return multiplied(
            byColumn: Tensor(lengths.map { $0 > 0 ? 1 / $0 : 0 }, rows: rows, columns: 1))
    }
}
