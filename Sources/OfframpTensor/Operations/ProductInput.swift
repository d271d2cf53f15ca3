import COfframpKernels

/// The rows of a tensor in the form that products of one precision read: as they are, rounded to
/// bfloat16, or quantised each by itself.
struct ProductInput: ~Copyable {
    let rows: Int
    private let tensor: Tensor
    private let precision: Precision
    private let block: UnsafeMutableRawPointer
    private let bytes: Int

    init(_ tensor: Tensor, for precision: Precision) {
        (rows, self.tensor, self.precision) = (tensor.rows, tensor, precision)
        bytes = Self.bytes(tensor.shape, precision)
        block = BufferPool.shared.take(bytes)
        switch precision {
        case .float32: break
        case .bfloat16: offramp_round_rows(rows, tensor.columns, tensor.pointer, rounded)
        case .int8:
            offramp_quantize_rows(
                PackedWeights.path, rows, tensor.columns, tensor.pointer, codes, scales, sums)
        }
    }

    deinit { BufferPool.shared.give(block, bytes: bytes) }

    /// Writes `activation(x Wᵀ + b)`, `[rows, outputs]`.
    ///
    /// - Parameters:
    ///   - weights: `[outputs, inputs]`, of the precision that this was made for.
    ///   - bias: `[outputs]`.
    func multiply(
        _ weights: PackedWeights, _ bias: Tensor, _ activation: Activation,
        into result: UnsafeMutablePointer<Float>
    ) {
        let (outputs, inputs) = (weights.shape.rows, weights.shape.columns)
        precondition(
            weights.precision == precision && inputs == tensor.columns,
            "\(tensor.shape) in \(precision) times \(weights.shape) in \(weights.precision)")
        let (path, packed, kind) = (PackedWeights.path, weights.block.start, activation.kernel)
        switch precision {
        case .float32:
            offramp_linear_float32(
                path, kind, rows, outputs, inputs, tensor.pointer,
                packed.assumingMemoryBound(to: Float.self), bias.pointer, result)
        case .bfloat16:
            offramp_linear_bfloat16(
                path, kind, rows, outputs, inputs, rounded,
                packed.assumingMemoryBound(to: UInt16.self), bias.pointer, result)
        case .int8:
            offramp_linear_int8(
                path, kind, rows, outputs, inputs,
                offramp_quantized_rows(codes: codes, scales: scales, sums: sums),
                packed.assumingMemoryBound(to: UInt8.self), weights.scales, bias.pointer, result)
        }
    }
}

// What lies where in the block.
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

    private var rounded: UnsafeMutablePointer<UInt16> {
        block.assumingMemoryBound(to: UInt16.self)
    }

    private var codes: UnsafeMutablePointer<Int8> { block.assumingMemoryBound(to: Int8.self) }

    private var scales: UnsafeMutablePointer<Float> {
        (block + rows * offramp_code_stride(tensor.columns)).assumingMemoryBound(to: Float.self)
    }

    private var sums: UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(scales + rows).assumingMemoryBound(to: Int32.self)
    }
}
