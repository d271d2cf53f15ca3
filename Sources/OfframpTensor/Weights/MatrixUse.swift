/// What a model does with a matrix, which determines its best storage.
package enum MatrixUse: Sendable {
    /// It is multiplied with, in the model's precision.
    case product
    /// It is multiplied with in single precision, whatever the model's: once for each text, so that rounding would
    /// gain nothing.
    case exactProduct
    /// Single rows are read.
    case lookup
}
