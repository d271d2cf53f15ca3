import COfframpKernels

/// The weights of a product, laid out once as the processor reads them.
public struct PackedWeights: Sendable {
    /// `[outputs, inputs]`.
    public let shape: Shape
    /// What the product is computed in.
    public let precision: Precision
    let block: AlignedBytes
    /// One an output where the weights are codes; else empty.
    let scales: [Float]

    /// The instruction set that all products use.
    static let path = offramp_best_path()

    /// Packs floats; for `int8` they are quantised by output.
    public init(_ weights: Tensor, _ precision: Precision) {
        let (outputs, inputs) = (weights.rows, weights.columns)
        switch precision {
        case .float32:
            let count = offramp_linear_float32_packed_count(outputs, inputs)
            let block = AlignedBytes(count: count * MemoryLayout<Float>.stride) {
                offramp_linear_float32_pack(
                    outputs, inputs, weights.pointer, $0.assumingMemoryBound(to: Float.self))
            }
            self.init(weights.shape, .float32, block, [])
        case .bfloat16:
            let count = offramp_linear_bfloat16_packed_count(outputs, inputs)
            let block = AlignedBytes(count: count * MemoryLayout<UInt16>.stride) {
                offramp_linear_bfloat16_pack(
                    outputs, inputs, weights.pointer, $0.assumingMemoryBound(to: UInt16.self))
            }
            self.init(weights.shape, .bfloat16, block, [])
        case .int8:
            let quantized = RowCodes(weights)
            self.init(codes: quantized.codes, scales: quantized.scales, shape: weights.shape)
        }
    }

    /// Packs weights that are quantised already.
    ///
    /// - Parameters:
    ///   - codes: row by row.
    ///   - scales: one for each output.
    init(codes: [Int8], scales: [Float], shape: Shape) {
        precondition(codes.count == shape.count && scales.count == shape.rows)
        let size = offramp_linear_int8_packed_size(shape.rows, shape.columns)
        let block = AlignedBytes(count: size) {
            offramp_linear_int8_pack(
                shape.rows, shape.columns, codes, $0.assumingMemoryBound(to: UInt8.self))
        }
        self.init(shape, .int8, block, scales)
    }

    private init(_ shape: Shape, _ precision: Precision, _ block: AlignedBytes, _ scales: [Float]) {
        self.shape = shape
        self.precision = precision
        self.block = block
        self.scales = scales
    }
}
