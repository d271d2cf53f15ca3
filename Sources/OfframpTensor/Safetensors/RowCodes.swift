/// The symmetric quantisation of a matrix, row by row; this defines `I8`: `scale = max|w| / 127`,
/// `code = round(w / scale)`.
struct RowCodes {
    /// Row by row, from -127 to 127.
    private(set) var codes: [Int8] = []
    /// One per row.
    private(set) var scales: [Float] = []

    init(_ tensor: Tensor) {
        codes.reserveCapacity(tensor.shape.count)
        for row in (0..<tensor.rows).map(tensor.row) {
            let scale = row.reduce(0) { max($0, abs($1)) } / 127
            // A subnormal scale is too coarse to divide by: such a row becomes zeros.
            scales.append(scale.isNormal ? scale : 0)
            codes += row.map { scale.isNormal ? Int8(($0 / scale).rounded(.toNearestOrEven)) : 0 }
        }
    }
}
