import COfframpKernels

/// Rows of 8-bit codes, made by the kernel or set by a test.
struct QuantizedRows {
    let width: Int
    var codes: [Int8]
    var scales: [Float]
    var sums: [Int32]

    var stride: Int { offramp_code_stride(width) }
    var rows: Int { scales.count }

    /// Codes in rows without gaps, every scale 1.
    init(codes values: [Int8], width: Int) {
        self.width = width
        let rows = values.count / width
        let stride = offramp_code_stride(width)
        codes = [Int8](repeating: 0, count: rows * stride)
        for row in 0..<rows {
            for column in 0..<width {
                codes[row * stride + column] = values[row * width + column]
            }
        }
        scales = [Float](repeating: 1, count: rows)
        sums = (0..<rows).map { row in
            values[row * width..<(row + 1) * width].reduce(0) { $0 + Int32($1) }
        }
    }

    init(_ x: [Float], width: Int, path: offramp_path) {
        self.width = width
        let rows = x.count / width
        codes = [Int8](repeating: 99, count: rows * offramp_code_stride(width))
        scales = [Float](repeating: .nan, count: rows)
        sums = [Int32](repeating: 99, count: rows)
        offramp_quantize_rows(path, rows, width, x, &codes, &scales, &sums)
    }

    func code(_ row: Int, _ column: Int) -> Int8 { codes[row * stride + column] }

    func withRows<Result>(_ body: (offramp_quantized_rows) -> Result) -> Result {
        codes.withUnsafeBufferPointer { codes in
            scales.withUnsafeBufferPointer { scales in
                sums.withUnsafeBufferPointer { sums in
                    body(
                        offramp_quantized_rows(
                            codes: codes.baseAddress, scales: scales.baseAddress,
                            sums: sums.baseAddress))
                }
            }
        }
    }
}
