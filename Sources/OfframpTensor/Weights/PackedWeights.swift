import COfframpKernels

/// The weights of a product, packed once in the layout that the kernels read.
package struct PackedWeights: Sendable {
    /// `[outputs, inputs]`.
    package let shape: Shape
    /// The precision of the product.
    package let precision: Precision
    let block: AlignedBytes
    /// One per output if the weights are codes, else empty.
    let scales: [Float]

    /// Packs floats; for `int8` every output's weights are quantised first.
    package init(_ weights: Tensor, _ precision: Precision) {
        switch precision {
        case .float32: self.init(weights, precision, OFFRAMP_PRODUCT_FLOAT32)
        case .bfloat16: self.init(weights, precision, OFFRAMP_PRODUCT_BFLOAT16)
        case .int8:
            let quantized = RowCodes(weights)
            self.init(codes: quantized.codes, scales: quantized.scales, shape: weights.shape)
        }
    }

    private init(_ weights: Tensor, _ precision: Precision, _ format: offramp_product_format) {
        let (outputs, inputs) = (weights.rows, weights.columns)
        let block = AlignedBytes(count: offramp_linear_packed_bytes(format, outputs, inputs)) {
            offramp_linear_pack(
                Processor.path, format, outputs, inputs, weights.pointer, $0)
        }
        self.init(weights.shape, precision, block, [])
    }

    /// Packs weights that are already quantised.
    ///
    /// - Parameters:
    ///   - codes: row by row.
    ///   - scales: one for each output.
    init(codes: [Int8], scales: [Float], shape: Shape) {
        precondition(codes.count == shape.count && scales.count == shape.rows)
        let bytes = offramp_linear_int8_packed_bytes(shape.rows, shape.columns)
        let block = AlignedBytes(count: bytes) {
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
