import COfframpKernels

extension Tensor {
    /// `x Wᵀ + b`: a linear map of every row.
    ///
    /// - Parameters:
    ///   - weight: `[outputs, inputs]`, as PyTorch stores it.
    ///   - bias: `[outputs]`.
    /// - Returns: `[rows, outputs]`.
    package func affine(_ weight: Tensor, _ bias: Tensor) -> Tensor {
        affine(times(weight, otherTransposed: true), weight, bias, .float32) { $0.times(weight) }
    }

    /// The same, with the factors of this product and of both gradient products rounded to
    /// bfloat16.
    package func affine(_ weights: MixedWeights, _ bias: Tensor) -> Tensor {
        affine(weights.transposed.multiplied(by: self), weights.tensor, bias, .bfloat16) {
            weights.straight.multiplied(by: $0)
        }
    }

    /// - Parameters:
    ///   - product: `x Wᵀ`.
    ///   - format: of the product that gives the weight's gradient.
    ///   - back: multiplies the result's gradient by `W`.
    private func affine(
        _ product: consuming Tensor, _ weight: Tensor, _ bias: Tensor, _ format: ProductFormat,
        _ back: @escaping @Sendable (Tensor) -> Tensor
    ) -> Tensor {
        precondition(bias.shape.count == weight.rows, "bias \(bias.shape) for \(weight.shape)")
        var result = product
        result.withMutableValues { values in
            guard let start = values.baseAddress else { return }
            offramp_add_rows(rows, weight.rows, bias.pointer, start)
        }
        return result.recorded(from: self, weight, bias) { gradient, sink in
            sink.add(back(gradient), to: self)
            sink.add(
                GradientProduct(gradient: gradient, input: detached, format: format), to: weight)
            sink.add(gradient.columnSums(), to: bias)
        }
    }
}
