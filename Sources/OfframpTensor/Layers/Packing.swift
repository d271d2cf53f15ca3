extension Parameterized {
    /// The same layers for inference: the matrices of products packed in some precision, those of exact products in
    /// single precision. Tables stay floats.
    package func packed(_ precision: Precision) -> Self {
        var (copy, packer) = (self, Packer(precision: precision))
        copy.visitParameters(&packer, under: "")
        return copy
    }
}

private struct Packer: ParameterVisitor {
    let precision: Precision

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {}

    mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
        guard use != .lookup else { return }
        let precision = use == .exactProduct ? .float32 : precision
        matrix = .packed(PackedWeights(matrix.tensor, precision))
    }
}
