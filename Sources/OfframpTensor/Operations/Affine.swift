import COfframpKernels

extension Tensor {
    /// `x Wᵀ + b`: every row of this tensor through a linear map.
    ///
    /// - Parameters:
    ///   - weight: `[outputs, inputs]`, as PyTorch stores it.
    ///   - bias: `[outputs]`.
    ///   - factors: of this product and of the two that its gradient takes.
    /// - Returns: `[rows, outputs]`.
    public func affine(
        _ weight: Tensor, _ bias: Tensor, factors: Factors = .float32
    ) -> Tensor {
        precondition(bias.shape.count == weight.rows, "bias \(bias.shape) for \(weight.shape)")
        var result = times(weight, otherTransposed: true, factors: factors)
        result.withMutableValues { values in
            guard let start = values.baseAddress else { return }
            offramp_add_rows(rows, weight.rows, bias.pointer, start)
        }
        return result.recorded(from: self, weight, bias) { gradient, sink in
            sink.add(gradient.times(weight, factors: factors), to: self)
            sink.add(
                GradientProduct(gradient: gradient, input: detached, factors: factors),
                to: weight)
            sink.add(gradient.columnSums(), to: bias)
        }
    }

    /// The sum of all rows as a vector.
    func columnSums() -> Tensor {
        var sums = Tensor(.vector(columns), repeating: 0)
        sums.withMutableValues { values in
            if let start = values.baseAddress { offramp_sum_rows(rows, columns, pointer, start) }
        }
        return sums
    }
}
