extension WeightMatrix {
    /// Makes a matrix from stored parts, stacked by rows, in the form that is fastest for
    /// inference.
    ///
    /// A table of `I8` rows is read in the file, and `int8` products repack `I8` rows without
    /// widening them; everything else goes through floats.
    ///
    /// - Parameters:
    ///   - parts: of equal shapes.
    ///   - shape: of the whole matrix.
    ///   - use: what the model does with it.
    ///   - precision: of products that are not exact.
    /// - Throws: `OfframpError` (`data`) for scales that do not fit or numbers that are not finite.
    package init(
        _ parts: [StoredTensor], shape: Shape, use: MatrixUse, precision: Precision
    ) throws {
        let areCodes = parts.allSatisfy { $0.type == .int8 }
        switch use {
        case .lookup where areCodes && parts.count == 1:
            self = .quantized(try QuantizedRows(parts[0], shape: shape))
        case .lookup:
            self = .float32(try Tensor(parts, shape: shape))
        case .product where areCodes && precision == .int8:
            let codes = parts.flatMap { part in
                withExtendedLifetime(part) { Array(part.bytes.bindMemory(to: Int8.self)) }
            }
            let scales = try parts.flatMap { try $0.scales() }
            self = .packed(PackedWeights(codes: codes, scales: scales, shape: shape))
        case .product:
            self = .packed(PackedWeights(try Tensor(parts, shape: shape), precision))
        case .exactProduct:
            self = .packed(PackedWeights(try Tensor(parts, shape: shape), .float32))
        }
    }
}

extension Tensor {
    /// Stored parts, stacked by rows, as floats.
    ///
    /// - Throws: `OfframpError` (`data`) for scales that do not fit or numbers that are not finite.
    package init(_ parts: [StoredTensor], shape: Shape) throws {
        try self.init(shape) { values in
            var start = values
            for part in parts {
                try part.read(into: start)
                start += part.count
            }
        }
    }
}
