/// Trainable weights with their bfloat16 roundings, packed once for all products of a training
/// step: `x Wᵀ`, and `y W` for the gradient of `x`.
package struct MixedWeights: Sendable {
    /// The weights themselves, `[outputs, inputs]`.
    package let tensor: Tensor
    /// `Wᵀ` as the second factor of a product.
    let transposed: PackedFactor
    /// `W` as the second factor of a product.
    let straight: PackedFactor

    /// Rounds and packs the weights.
    package init(_ tensor: Tensor) {
        self.tensor = tensor
        transposed = PackedFactor(tensor, transposed: true, format: .bfloat16)
        straight = PackedFactor(tensor, transposed: false, format: .bfloat16)
    }

    /// The same values with their place on a tape.
    package func tracked(as leaf: Int) -> MixedWeights {
        MixedWeights(tensor: tensor.tracked(as: leaf), transposed: transposed, straight: straight)
    }

    private init(tensor: Tensor, transposed: PackedFactor, straight: PackedFactor) {
        (self.tensor, self.transposed, self.straight) = (tensor, transposed, straight)
    }
}
