/// Something with parameters: a layer, a head, a whole model.
package protocol Parameterized {
    /// Shows all parameters to a visitor, always in the same order.
    ///
    /// - Parameter prefix: what comes before the names, including its final dot.
    mutating func visitParameters(_ visitor: inout some ParameterVisitor, under prefix: String)
}
