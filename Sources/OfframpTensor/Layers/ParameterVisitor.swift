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
    /// Visits a matrix as its floats: for visitors to which all parameters are alike.
    package mutating func visit(
        _ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse
    ) {
        var tensor = matrix.tensor
        // Give the other reference up, so that the visitor may write in place.
        matrix = .float32(.empty)
        visit(names, &tensor)
        matrix = .float32(tensor)
    }
}

/// Something with parameters: a layer, a head, a whole model.
package protocol Parameterized {
    /// Shows all parameters to a visitor, always in the same order.
    ///
    /// - Parameter prefix: what stands before the names, with its final dot.
    mutating func visitParameters(_ visitor: inout some ParameterVisitor, under prefix: String)
}
