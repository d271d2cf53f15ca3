import COfframpKernels
import Glibc
import OfframpTensor

/// How one parameter changes in one step (Kingma & Ba 2015; decay decoupled, Loshchilov & Hutter
/// 2019).
struct AdamRule: Sendable {
    /// The learning rate of this step.
    let rate: Float
    /// The weight decay, multiplied by the rate.
    let decay: Float
    /// What the gradient is multiplied by.
    let clip: Float
    /// Updates so far, this one included.
    let step: Int

    private static let beta1: Float = 0.9
    private static let beta2: Float = 0.999
    private static let epsilon: Float = 1e-8

    /// Changes a parameter of rows of `width` and its moments.
    func apply(_ gradient: LeafGradient.Content, to place: ParameterPointers, width: Int) {
        switch gradient {
        case .none: break
        case .dense(let gradient):
            apply(gradient.pointer, gradient.shape.count, to: place, at: 0)
        case .rows(let rows, let gradient):
            for (index, row) in rows.enumerated() {
                apply(gradient.pointer + index * width, width, to: place, at: Int(row) * width)
            }
        }
    }

    private func apply(
        _ gradient: UnsafePointer<Float>, _ count: Int, to place: ParameterPointers, at offset: Int
    ) {
        offramp_adamw(
            count, place.values + offset, gradient, place.first + offset, place.second + offset,
            clip, rate, Self.beta1, Self.beta2, Self.epsilon, decay,
            1 - pow(Self.beta1, Float(step)), 1 - pow(Self.beta2, Float(step)))
    }
}
