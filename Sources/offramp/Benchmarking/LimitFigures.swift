import Offramp
import OfframpEngine
import OfframpExit

/// How near a classifier comes to the speed of products alone.
struct LimitFigures {
    /// Multiply-adds per second of the classifier, all texts in batches.
    let reached: Interval
    /// Multiply-adds per second of the fastest product.
    let limit: Interval
    /// Their quotient, round by round.
    let share: Interval
    /// Single products, the fastest first.
    let products: [ProductLimit.Rate]

    /// Relates rounds of answering to rounds of multiplying that alternate with them.
    init(
        textsPerSecond: [Double], multiplyAddsPerText: Double, limits: [Double],
        _ limit: ProductLimit
    ) {
        let reached = textsPerSecond.map { $0 * multiplyAddsPerText }
        self.reached = Interval(geometricMeanOf: reached)
        self.limit = Interval(geometricMeanOf: limits)
        share = Interval(geometricMeanOf: zip(reached, limits).map { $0 / $1 })
        products = limit.products
    }
}

extension Classifier {
    /// The multiply-adds that one text took on average, heads and attention included.
    func multiplyAddsPerText(_ inputs: [TextInput]) throws -> Double {
        let texts = try model.encode(inputs)
        let answers = model.engine.answers(texts, policy: policy)
        let spent = model.engine.spent(texts, answers)
        return spent.reduce(0, +) / Double(texts.count)
    }
}
