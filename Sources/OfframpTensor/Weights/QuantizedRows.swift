import COfframpKernels

/// A table of signed bytes with one scale per row, `value = code · scale`, read from a mapped file.
package struct QuantizedRows: Sendable {
    /// Rows and columns.
    package let shape: Shape
    private let stored: StoredTensor
    private let scales: [Float]

    /// Uses the `I8` rows of a file in place.
    ///
    /// - Throws: `OfframpError` (`data`) when the scales are missing, do not fit or are not finite.
    init(_ stored: StoredTensor, shape: Shape) throws {
        scales = try stored.scales()
        self.shape = shape
        self.stored = stored
    }

    /// Adds the row at each index to a row of `sums`, `[indices, columns]`.
    func addRows(at indices: [Int32], to sums: UnsafeMutablePointer<Float>) {
        withExtendedLifetime(stored) {
            offramp_add_int8_rows(
                indices.count, shape.columns, indices,
                stored.bytes.baseAddress?.assumingMemoryBound(to: Int8.self), scales, sums)
        }
    }
}
