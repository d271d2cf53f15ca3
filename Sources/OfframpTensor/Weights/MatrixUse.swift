/// What a model does with a matrix; the best storage follows from it.
package enum MatrixUse: Sendable {
    /// It is multiplied with.
    case product
    /// Single rows are read.
    case lookup
}
