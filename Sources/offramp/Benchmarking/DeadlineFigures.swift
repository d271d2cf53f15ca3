import Offramp

/// How well a deadline is kept, each text alone.
struct DeadlineFigures {
    /// By how many milliseconds the time is exceeded; 0 where an answer comes sooner. The quantiles of
    /// `LatencyFigures`.
    let overrun: LatencyFigures
    /// The milliseconds of one layer, the mean over the layers of each text in full depth: what an overrun stays
    /// below unless the system takes the processor away. The same quantiles.
    let layer: LatencyFigures

    /// Answers the texts one after the other.
    init(_ classifier: Classifier, _ texts: [TextInput], within deadline: Duration) throws {
        let layers = Double(classifier.model.layerCount)
        let full = try classifier.with(policy: "full")
        layer = try LatencyFigures(texts) {
            _ = try full.classify([$0])
        } figure: {
            $0 / layers
        }
        let limit = deadline / .milliseconds(1)
        overrun = try LatencyFigures(texts) {
            _ = try classifier.classify($0, within: deadline)
        } figure: {
            max($0 - limit, 0)
        }
    }
}
