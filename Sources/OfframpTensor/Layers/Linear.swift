/// The linear map `x Wᵀ + b` on every row.
package struct Linear: Sendable {
    /// `[outputs, inputs]`.
    package var weight: WeightMatrix
    /// `[outputs]`.
    package var bias: Tensor
    private let use: MatrixUse

    /// A map whose parameters are still to be loaded or initialised.
    ///
    /// - Parameter use: `product` or `exactProduct`.
    package init(inputs: Int, outputs: Int, use: MatrixUse = .product) {
        self.use = use
        weight = .float32(Tensor(unset: .matrix(outputs, inputs)))
        bias = Tensor(unset: .vector(outputs))
    }

    /// Maps `[rows, inputs]` to `[rows, outputs]` and applies an activation function.
    package func callAsFunction(_ x: Tensor, _ activation: Activation = .identity) -> Tensor {
        switch weight {
        case .float32(let weight): x.affine(weight, bias).activated(by: activation)
        case .mixed(let weights): x.affine(weights, bias).activated(by: activation)
        case .packed(let weights): x.affine(weights, bias, activation)
        case .quantized: preconditionFailure("rows for look-ups are not multiplied")
        }
    }

    /// Multiply-adds for one row.
    package var multiplyAdds: Double { Double(weight.shape.count) }
}

extension Linear: Parameterized {
    /// Visits `weight`, then `bias`.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        visitParameters(&visitor, stacking: [prefix])
    }

    /// Shows this map as several maps of equal size, stacked by their outputs.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, stacking prefixes: [String]
    ) {
        visitor.visit(prefixes.map { $0 + "weight" }, &weight, use)
        visitor.visit(prefixes.map { $0 + "bias" }, &bias)
    }
}
