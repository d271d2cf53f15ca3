import COfframpKernels

extension Tensor {
    /// Every element times a constant.
    package static func * (factor: Float, x: Tensor) -> Tensor {
        x.scaled(factor).recorded(from: x) { gradient, sink in
            sink.add(gradient.scaled(factor), to: x)
        }
    }

    /// The same value, whose gradient is multiplied by a constant on its way back; 0 stops it
    /// altogether.
    ///
    /// Gradient equilibrium (Li et al., "Improved Techniques for Training Adaptive Deep Networks",
    /// 2019) is built from this.
    package func scalingGradient(by factor: Float) -> Tensor {
        if factor == 1 { return self }
        if factor == 0 { return detached }
        return detached.recorded(from: self) { gradient, sink in
            sink.add(gradient.scaled(factor), to: self)
        }
    }

    private func scaled(_ factor: Float) -> Tensor {
        Tensor(shape) { offramp_scale(shape.count, factor, pointer, $0) }
    }
}
