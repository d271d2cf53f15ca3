import COfframpKernels

/// The rows of a tensor in the form that products of one precision read: unchanged, rounded to
/// bfloat16, or quantised row by row.
package final class ProductInput {
    private let tensor: Tensor
    private let precision: Precision
    private let block: UnsafeMutableRawPointer
    private let bytes: Int

    /// Reserves memory for the rows of a tensor.
    package init(_ tensor: Tensor, for precision: Precision) {
        (self.tensor, self.precision) = (tensor, precision)
        bytes = Self.bytes(tensor.shape, precision)
        block = BufferPool.shared.take(bytes)
    }

    deinit { BufferPool.shared.give(block, bytes: bytes) }

    /// Rounds or quantises some rows; needed once before they are multiplied.
    package func prepare(_ rows: Range<Int>) {
        let first = rows.lowerBound
        switch precision {
        case .float32: break
        case .bfloat16:
            offramp_round_rows(rows.count, tensor.columns, floats(first), rounded(first))
        case .int8:
            offramp_quantize_rows(
                Processor.path, rows.count, tensor.columns, floats(first), codes(first),
                scales + first, sums + first)
        }
    }

    /// Writes some rows of `activation(x Wᵀ + b)`, `[rows, outputs]`.
    ///
    /// - Parameters:
    ///   - rows: already prepared.
    ///   - weights: `[outputs, inputs]`, in the precision of this input.
    ///   - bias: `[outputs]`.
    ///   - result: the start of all rows, whatever `rows` is.
    package func multiply(
        _ rows: Range<Int>, _ weights: PackedWeights, _ bias: Tensor, _ activation: Activation,
        into result: UnsafeMutablePointer<Float>
    ) {
        let (outputs, inputs) = (weights.shape.rows, weights.shape.columns)
        precondition(
            weights.precision == precision && inputs == tensor.columns,
            "\(tensor.shape) in \(precision) times \(weights.shape) in \(weights.precision)")
        let (path, packed, kind) = (Processor.path, weights.block.start, activation.kernel)
        let first = rows.lowerBound
        let result = result + first * outputs
        switch precision {
        case .float32:
            offramp_linear(
                path, OFFRAMP_PRODUCT_FLOAT32, kind, rows.count, outputs, inputs, floats(first),
                packed, bias.pointer, result)
        case .bfloat16:
            offramp_linear(
                path, OFFRAMP_PRODUCT_BFLOAT16, kind, rows.count, outputs, inputs, rounded(first),
                packed, bias.pointer, result)
        case .int8:
            offramp_linear_int8(
                path, kind, rows.count, outputs, inputs,
                offramp_quantized_rows(
                    codes: codes(first), scales: scales + first, sums: sums + first),
                packed.assumingMemoryBound(to: UInt8.self), weights.scales, bias.pointer, result)
        }
    }
}

// The layout of the block.
extension ProductInput {
    private static func bytes(_ shape: Shape, _ precision: Precision) -> Int {
        switch precision {
        case .float32: 0
        case .bfloat16:
            shape.rows * offramp_bfloat16_stride(shape.columns) * MemoryLayout<UInt16>.stride
        case .int8:
            shape.rows * (offramp_code_stride(shape.columns) + 2 * MemoryLayout<Float>.stride)
        }
    }

    private func floats(_ row: Int) -> UnsafePointer<Float> {
        tensor.pointer + row * tensor.columns
    }

    private func rounded(_ row: Int) -> UnsafeMutablePointer<UInt16> {
        block.assumingMemoryBound(to: UInt16.self) + row * offramp_bfloat16_stride(tensor.columns)
    }

    private func codes(_ row: Int) -> UnsafeMutablePointer<Int8> {
        block.assumingMemoryBound(to: Int8.self) + row * offramp_code_stride(tensor.columns)
    }

    private var scales: UnsafeMutablePointer<Float> {
        (block + tensor.rows * offramp_code_stride(tensor.columns)).assumingMemoryBound(
            to: Float.self)
    }

    private var sums: UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(scales + tensor.rows).assumingMemoryBound(to: Int32.self)
    }
}
