import OfframpEncoder
import OfframpTensor
import OfframpTokenizer

/// Leaves out some word pieces of a training text at random, so that a model leans on no single one
/// (word dropout, Iyyer et al. 2015). Special tokens stay, and so do very short texts.
package struct WordDeletion: Sendable {
    /// The share of pieces that are deleted.
    let probability: Float

    package init(probability: Float) { self.probability = probability }

    /// Texts with fewer tokens, special ones included, stay whole.
    private static let shortestText = 5

    /// Packs texts without the deleted pieces.
    package func batch(_ texts: [Encoding], seed: UInt64) -> PackedBatch {
        guard probability > 0 else { return PackedBatch(texts) }
        var random = RandomSource(seed: seed)
        let thinned = texts.map { thin($0, &random) }
        return PackedBatch(ids: thinned.map(\.ids), secondSegments: thinned.map(\.secondStart))
    }

    private func thin(
        _ text: Encoding, _ random: inout RandomSource
    ) -> (ids: [Int32], secondStart: Int) {
        let ids = text.ids
        guard ids.count >= Self.shortestText else { return (ids, text.secondStart) }
        // Those that begin and end an encoding are all that stand in it.
        let special = [ids[0], ids[ids.count - 1]]
        let kept = ids.indices.filter {
            special.contains(ids[$0]) || Float.random(in: 0..<1, using: &random) >= probability
        }
        return (kept.map { ids[$0] }, kept.count { $0 < text.secondStart })
    }
}
