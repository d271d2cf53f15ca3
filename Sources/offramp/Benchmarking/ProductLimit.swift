import Offramp
import OfframpEncoder
import OfframpEngine
import OfframpTensor

/// How fast products alone run on all workers at once: no model of products can be faster.
struct ProductLimit: Sendable {
    /// A product and its multiply-adds per second.
    typealias Rate = (size: BareProduct.Size, perSecond: Double)

    private let precision: Precision
    private let workers: Workers
    /// All that were tried, the fastest first.
    let products: [Rate]

    private static let seconds = 0.03
    private static let repeats = 3
    /// Small enough that weights and rows stay in the nearest cache, whatever the kernel.
    private static let smallest = BareProduct.Size(rows: 28, outputs: 32, inputs: 384)
    /// Rows that pass through the feed-forward network together.
    private static let blockRows = 56
    /// Multiply-adds between two looks at the clock.
    private static let stint = 2e7

    /// Finds the fastest of a small product and those of the classifier's layers.
    init(_ classifier: Classifier) {
        let (precision, workers) = (classifier.model.precision, classifier.model.engine.workers)
        let rows = [Self.blockRows, classifier.model.engine.cutter.tokens]
        let sizes =
            [Self.smallest] + rows.flatMap(classifier.model.checkpoint.configuration.products)
        products = sizes.map { size in
            let rates = (0..<Self.repeats).map { _ in Self.perSecond(size, precision, workers) }
            return (size, rates.max() ?? 0)
        }.sorted { $0.perSecond > $1.perSecond }
        (self.precision, self.workers) = (precision, workers)
    }

    /// Multiply-adds per second of the fastest product, measured anew.
    func measured() -> Double { Self.perSecond(products[0].size, precision, workers) }

    private static func perSecond(
        _ size: BareProduct.Size, _ precision: Precision, _ workers: Workers
    ) -> Double {
        workers.map(workers.count) { _ in perSecond(size, precision) }.reduce(0, +)
    }

    private static func perSecond(_ size: BareProduct.Size, _ precision: Precision) -> Double {
        var product = BareProduct(size, precision)
        let times = max(Int(stint / size.multiplyAdds), 1)
        product.run(times: times)
        var stints = 0.0
        let stopwatch = Stopwatch()
        repeat {
            product.run(times: times)
            stints += 1
        } while stopwatch.seconds < seconds
        return stints * Double(times) * size.multiplyAdds / stopwatch.seconds
    }
}

extension EncoderConfiguration {
    /// The products of a layer with so many rows of hidden states.
    fileprivate func products(rows: Int) -> [BareProduct.Size] {
        [(3 * width, width), (width, width), (feedForwardWidth, width), (width, feedForwardWidth)]
            .map { BareProduct.Size(rows: rows, outputs: $0, inputs: $1) }
    }
}
