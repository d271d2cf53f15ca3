import OfframpTensor

/// The batches of one epoch: texts shuffled, then grouped by length, then the batches shuffled.
///
/// Texts of similar length in a batch keep the workers evenly busy; the plan follows from the seed.
package struct EpochPlan: Sendable {
    /// The texts of each batch.
    package let batches: [[Int]]

    /// Batches that are sorted together: enough to find similar lengths, few enough to stay random.
    private static let batchesSortedTogether = 50

    package init(lengths: [Int], batchSize: Int, seed: UInt64) {
        var random = RandomSource(seed: seed)
        let order = lengths.indices.shuffled(using: &random)
        let span = batchSize * Self.batchesSortedTogether
        let batches = stride(from: 0, to: order.count, by: span).flatMap { start in
            let part = order[start..<min(start + span, order.count)]
            let sorted = part.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
            return stride(from: 0, to: sorted.count, by: batchSize).map {
                Array(sorted[$0..<min($0 + batchSize, sorted.count)])
            }
        }
        self.batches = batches.shuffled(using: &random)
    }
}
