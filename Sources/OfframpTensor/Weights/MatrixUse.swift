/// What a model does with a matrix, which determines its best storage.
package enum MatrixUse: Sendable {
    /// It is multiplied with.
    case product
    /// Single rows are read.
    case lookup
}
