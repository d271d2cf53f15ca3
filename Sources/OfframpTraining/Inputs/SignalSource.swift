import OfframpExit
import OfframpTensor

/// What signals learn from beside classifiers that are done: standardised features, because those of a frozen
/// backbone may hardly vary, and what the classifiers say of texts that they have not learned from, because of
/// the others they are too sure.
struct SignalSource: Sendable {
    /// What the heads read.
    let store: FeatureStore
    /// Of each exit's features.
    let scalings: [FeatureScaling]
    /// What each exit says of all texts, `[texts, outputs]`.
    let logits: [Tensor]

    /// What each exit says of some texts.
    func outputs(_ texts: [Int], _ heads: HeadSet) -> [HeadOutput] {
        let ranges = store.ranges(texts)
        return (0..<heads.count).map { exit in
            let features = scalings[exit](store.features(ofExit: exit, texts: texts))
            return HeadOutput(
                logits: logits[exit].gathering(rows: texts.map(Int32.init)),
                signal: heads.signal(ofExit: exit, features, ranges))
        }
    }
}
