import COfframpKernels

extension Tensor {
    /// A transformer layer's second half: `norm(x + dropout(down(activation(up(x)))))`.
    ///
    /// With `int8` weights a single kernel takes blocks of rows through all steps, so that the wide
    /// values in between stay in the cache.
    ///
    /// - Returns: `[rows, columns]`.
    package func feedForward(
        up: Linear, _ activation: Activation, down: Linear, norm: LayerNorm,
        dropout: inout Dropout
    ) -> Tensor {
        if case .packed(let upWeights) = up.weight, case .packed(let downWeights) = down.weight,
            upWeights.precision == .int8, downWeights.precision == .int8
        {
            return quantizedFeedForward(
                (upWeights, up.bias), activation, (downWeights, down.bias), norm)
        }
        return norm(down(up(self, activation)).dropping(&dropout), plus: self)
    }

    private func quantizedFeedForward(
        _ up: (weights: PackedWeights, bias: Tensor), _ activation: Activation,
        _ down: (weights: PackedWeights, bias: Tensor), _ norm: LayerNorm
    ) -> Tensor {
        let inner = up.weights.shape.rows
        let scratchBytes = offramp_feed_forward_int8_scratch(columns, inner)
        return up.weights.scales.withUnsafeBufferPointer { upScales in
            down.weights.scales.withUnsafeBufferPointer { downScales in
                Tensor(shape) { result in
                    Workers.current.share(
                        rows, atLeast: Workers.leastRows, scratchBytes: scratchBytes
                    ) { rows, scratch in
                        let offset = rows.lowerBound * columns
                        offramp_feed_forward_int8(
                            Processor.path, activation.kernel, rows.count, columns, inner,
                            pointer + offset, up.weights.view(upScales, up.bias),
                            down.weights.view(downScales, down.bias),
                            offramp_norm(
                                weight: norm.weight.pointer, bias: norm.bias.pointer,
                                epsilon: norm.epsilon), result + offset, scratch)
                    }
                }
            }
        }
    }
}

extension PackedWeights {
    fileprivate func view(
        _ scales: UnsafeBufferPointer<Float>, _ bias: Tensor
    ) -> offramp_int8_weights {
        offramp_int8_weights(
            packed: block.start.assumingMemoryBound(to: UInt8.self), scales: scales.baseAddress,
            bias: bias.pointer)
    }
}
