import COfframpKernels

extension Tensor {
    /// `activation(x Wᵀ + b)` with packed weights, for inference: bias and activation are applied
    /// while a result is in registers. A row of the result depends on its own row alone, to the bit.
    ///
    /// - Parameters:
    ///   - weights: `[outputs, inputs]`.
    ///   - bias: `[outputs]`.
    /// - Returns: `[rows, outputs]`.
    func affine(_ weights: PackedWeights, _ bias: Tensor, _ activation: Activation) -> Tensor {
        precondition(
            node == nil && columns == weights.shape.columns, "\(shape) times \(weights.shape)")
        let (outputs, inputs) = (weights.shape.rows, columns)
        let (path, packed, kind) = (PackedWeights.path, weights.block.start, activation.kernel)
        return Tensor(.matrix(rows, outputs)) { result in
            switch weights.precision {
            case .float32:
                offramp_linear_float32(
                    path, kind, rows, outputs, inputs, pointer,
                    packed.assumingMemoryBound(to: Float.self), bias.pointer, result)
            case .bfloat16:
                let rounded = RoundedRows(self)
                offramp_linear_bfloat16(
                    path, kind, rows, outputs, inputs, rounded.values,
                    packed.assumingMemoryBound(to: UInt16.self), bias.pointer, result)
            case .int8:
                let codes = CodedRows(self)
                offramp_linear_int8(
                    path, kind, rows, outputs, inputs, codes.view,
                    packed.assumingMemoryBound(to: UInt8.self), weights.scales, bias.pointer,
                    result)
            }
        }
    }
}

/// The rows of a tensor rounded to bfloat16, for one product.
private struct RoundedRows: ~Copyable {
    let values: UnsafeMutablePointer<UInt16>
    private let bytes: Int

    init(_ tensor: Tensor) {
        let count = tensor.rows * offramp_bfloat16_stride(tensor.columns)
        bytes = count * MemoryLayout<UInt16>.stride
        values = BufferPool.shared.take(bytes).bindMemory(to: UInt16.self, capacity: count)
        offramp_round_rows(tensor.rows, tensor.columns, tensor.pointer, values)
    }

    deinit { BufferPool.shared.give(values, bytes: bytes) }
}

/// The rows of a tensor quantised each by itself, for one product.
private struct CodedRows: ~Copyable {
    let view: offramp_quantized_rows
    private let block: UnsafeMutableRawPointer
    private let bytes: Int

    init(_ tensor: Tensor) {
        let codeBytes = tensor.rows * offramp_code_stride(tensor.columns)
        let sideBytes = tensor.rows * MemoryLayout<Float>.stride
        bytes = codeBytes + 2 * sideBytes
        block = BufferPool.shared.take(bytes)
        let codes = block.bindMemory(to: Int8.self, capacity: codeBytes)
        let scales = (block + codeBytes).bindMemory(to: Float.self, capacity: tensor.rows)
        let sums = (block + codeBytes + sideBytes)
            .bindMemory(to: Int32.self, capacity: tensor.rows)
        offramp_quantize_rows(
            PackedWeights.path, tensor.rows, tensor.columns, tensor.pointer, codes, scales, sums)
        view = offramp_quantized_rows(codes: codes, scales: scales, sums: sums)
    }

    deinit { BufferPool.shared.give(block, bytes: bytes) }
}
