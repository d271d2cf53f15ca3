import COfframpKernels

extension Tensor {
    /// Layer normalisation of every row (Ba, Kiros & Hinton 2016).
    ///
    /// - Parameters:
    ///   - weight: the gain, `[columns]`.
    ///   - bias: `[columns]`.
    ///   - epsilon: added to the variance.
    package func layerNormalized(weight: Tensor, bias: Tensor, epsilon: Float) -> Tensor {
        precondition(weight.shape.count == columns && bias.shape.count == columns)
        let statistics = Tensor(unset: .matrix(rows, 2))
        let result = Tensor(shape) { result in
            Workers.current.share(rows, atLeast: Workers.leastRows) { rows, _ in
                let offset = rows.lowerBound * columns
                offramp_layer_norm(
                    rows.count, columns, pointer + offset, weight.pointer, bias.pointer, epsilon,
                    result + offset,
                    UnsafeMutablePointer(mutating: statistics.pointer + 2 * rows.lowerBound))
            }
        }
        return result.recorded(from: self, weight, bias) { gradient, sink in
            var weightGradient = Tensor(weight.shape, repeating: 0)
            var biasGradient = Tensor(bias.shape, repeating: 0)
            let inputGradient = Tensor(shape) { inputGradient in
                weightGradient.withMutableValues { weightGradient in
                    biasGradient.withMutableValues { biasGradient in
                        offramp_layer_norm_gradient(
                            rows, columns, gradient.pointer, pointer, weight.pointer,
                            statistics.pointer, inputGradient, weightGradient.baseAddress,
                            biasGradient.baseAddress)
                    }
                }
            }
            sink.add(inputGradient, to: self)
            sink.add(weightGradient, to: weight)
            sink.add(biasGradient, to: bias)
        }
    }

    /// Layer normalisation of `self + residual`, in a single pass over the rows if nothing is
    /// recorded.
    package func layerNormalized(
        adding residual: Tensor, weight: Tensor, bias: Tensor, epsilon: Float
    ) -> Tensor {
        precondition(shape == residual.shape, "\(shape) + \(residual.shape)")
        guard [self, residual, weight, bias].allSatisfy({ $0.node == nil }) else {
            return (self + residual).layerNormalized(weight: weight, bias: bias, epsilon: epsilon)
        }
        return Tensor(shape) { result in
            Workers.current.share(rows, atLeast: Workers.leastRows) { rows, _ in
                let offset = rows.lowerBound * columns
                offramp_add_layer_norm(
                    rows.count, columns, pointer + offset, residual.pointer + offset,
                    weight.pointer, bias.pointer, epsilon, result + offset)
            }
        }
    }
}
