import OfframpEncoder
import OfframpExit
import OfframpTensor

/// A backbone with the heads of one method.
package struct EarlyExitModel: Sendable {
    /// The encoder.
    package var backbone: Backbone
    /// The heads, one at each exit.
    package var heads: HeadSet

    /// Puts heads on a backbone.
    package init(backbone: Backbone, heads: HeadSet) {
        precondition(heads.depths.last ?? 0 <= backbone.layers.count, "an exit beyond the encoder")
        self.backbone = backbone
        self.heads = heads
    }

    /// The exits in ascending depth.
    package var places: [ExitPlace] { ExitPlace.all(depths: heads.depths) }

    /// What leaving at each exit costs.
    package var cost: CostModel {
        CostModel(
            backbone: heads.depths.map { depth in
                backbone.layers[..<depth].reduce(TokenCost()) { $0 + $1.cost }
            },
            heads: (0..<heads.count).map(heads.cost(ofExit:)),
            isChained: heads.isChained)
    }
}

extension EarlyExitModel: Parameterized {
    /// Shows the parameters under their names in Hugging Face's checkpoints.
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        backbone.visitParameters(&visitor, under: prefix)
        heads.visitParameters(&visitor, under: prefix)
    }
}
