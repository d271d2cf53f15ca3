import COfframpKernels
import Glibc

/// One step of AdamW (Kingma & Ba 2015; decoupled decay, Loshchilov & Hutter 2019).
package struct AdamStep: Sendable {
    private let rate: Float
    private let decay: Float
    private let clip: Float
    /// `1 - beta^step`: corrects for moments that start at 0.
    private let corrections: (first: Float, second: Float)

    private static let beta1: Float = 0.9
    private static let beta2: Float = 0.999
    private static let epsilon: Float = 1e-8

    /// A step with its rates.
    ///
    /// - Parameters:
    ///   - rate: the learning rate.
    ///   - decay: the weight decay, before it is multiplied by the rate.
    ///   - clip: the factor of the gradient; below 1 where it is clipped.
    ///   - step: the number of this step, from 1.
    package init(rate: Float, decay: Float, clip: Float, step: Int) {
        (self.rate, self.decay, self.clip) = (rate, decay, clip)
        corrections = (1 - pow(Self.beta1, Float(step)), 1 - pow(Self.beta2, Float(step)))
    }

    /// Changes `count` values and their moments in place.
    package func apply(
        _ gradient: UnsafePointer<Float>, count: Int, values: UnsafeMutablePointer<Float>,
        first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>
    ) {
        offramp_adamw(
            count, values, gradient, first, second, clip, rate, Self.beta1, Self.beta2,
            Self.epsilon, decay, corrections.first, corrections.second)
    }
}

extension Tensor {
    /// The sum of the squares of all elements, in double precision.
    package var sumOfSquares: Double { offramp_sum_of_squares(shape.count, pointer) }
}
