/// Sees every parameter of a model once, under its Hugging Face names: to load, save, count,
/// initialise or optimise it.
package protocol ParameterVisitor {
    /// Visits a vector.
    ///
    /// - Parameters:
    ///   - names: usually one; several when this tensor stacks the rows of several named ones of
    ///     equal size, as query, key and value are stacked.
    ///   - tensor: may be replaced by one of the same shape.
    mutating func visit(_ names: [String], _ tensor: inout Tensor)

    /// Visits a matrix, of a linear map or of an embedding table.
    ///
    /// - Parameters:
    ///   - names: as above.
    ///   - matrix: may be replaced by one of the same shape in another precision.
    ///   - use: what the model does with it.
    mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse)
}

extension ParameterVisitor {
    /// Visits a matrix as its floats, for visitors that treat all parameters alike.
    package mutating func visit(
        _ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse
    ) {
        var tensor = matrix.tensor
        // Drop the other reference, so that the visitor can write in place.
        matrix = .float32(.empty)
        visit(names, &tensor)
        matrix = .float32(tensor)
    }
}
