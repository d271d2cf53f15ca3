import COfframpKernels

/// The functions between the products of a network.
package enum Activation: String, Sendable, CaseIterable {
    /// `x` itself.
    case identity
    /// `x Φ(x)` by the error function (Hendrycks & Gimpel 2016).
    case gelu
    /// The tanh approximation of GELU, as in the original BERT code.
    case geluTanh = "gelu_new"
    /// `max(x, 0)`.
    case relu
    /// The hyperbolic tangent.
    case tanh

    var kernel: offramp_activation {
        switch self {
        case .identity: OFFRAMP_IDENTITY
        case .gelu: OFFRAMP_GELU
        case .geluTanh: OFFRAMP_GELU_TANH
        case .relu: OFFRAMP_RELU
        case .tanh: OFFRAMP_TANH
        }
    }
}

extension Tensor {
    /// Applies an activation function to every element.
    package func activated(by activation: Activation) -> Tensor {
        if activation == .identity { return self }
        let result = Tensor(shape) {
            offramp_activate(activation.kernel, shape.count, pointer, $0)
        }
        return result.recorded(from: self) { gradient, sink in
            let inputGradient = Tensor(shape) {
                offramp_activate_gradient(
                    activation.kernel, shape.count, gradient.pointer, pointer, $0)
            }
            sink.add(inputGradient, to: self)
        }
    }
}
