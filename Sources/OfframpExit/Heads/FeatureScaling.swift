import OfframpTensor

/// The mean of each feature, and the factor that gives it variance 1; 0 for one that does not vary.
package struct FeatureScaling: Sendable {
    package let means: [Double]
    package let factors: [Double]

    package init(means: [Double], factors: [Double]) {
        precondition(means.count == factors.count, "a factor for each mean")
        (self.means, self.factors) = (means, factors)
    }

    /// The scaling of the features of several exits together, each being as many.
    init(_ exits: [FeatureScaling]) {
        let count = Double(max(exits.count, 1))
        let columns = exits.first?.means.indices ?? 0..<0
        let means = columns.map { column in exits.reduce(0) { $0 + $1.means[column] } / count }
        factors = columns.map { column in
            let variance = exits.reduce(0.0) { sum, exit in
                let distance = exit.means[column] - means[column]
                let factor = exit.factors[column]
                return sum + distance * distance + (factor > 0 ? 1 / (factor * factor) : 0)
            }
            return variance > 0 ? (count / variance).squareRoot() : 0
        }
        self.means = means
    }

    /// The same features, each with mean 0 and variance 1: `[texts, features]`.
    package func callAsFunction(_ features: Tensor) -> Tensor {
        let columns = features.columns
        precondition(columns == means.count, "\(columns) features")
        return Tensor(features.shape) { values in
            for place in 0..<features.shape.count {
                let column = place % columns
                let distance = Double(features.pointer[place]) - means[column]
                values[place] = Float(distance * factors[column])
            }
        }
    }
}
