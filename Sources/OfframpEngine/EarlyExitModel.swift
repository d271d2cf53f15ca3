import OfframpEncoder
import OfframpExit
import OfframpTensor

/// A backbone with the heads of one method.
public struct EarlyExitModel: Sendable {
    /// The encoder.
    public var backbone: Backbone
    /// The heads, one at each exit.
    public var heads: HeadSet

    /// Puts heads on a backbone.
    public init(backbone: Backbone, heads: HeadSet) {
        precondition(heads.depths.last ?? 0 <= backbone.layers.count, "an exit beyond the encoder")
        self.backbone = backbone
        self.heads = heads
    }

    /// The exits in ascending depth.
    public var places: [ExitPlace] { ExitPlace.all(depths: heads.depths) }

    /// What leaving at each exit costs.
    public var cost: CostModel {
        CostModel(
            backbone: heads.depths.map { depth in
                backbone.layers[..<depth].reduce(TokenCost()) { $0 + $1.cost }
            },
            heads: (0..<heads.count).map { heads[$0].cost },
            isChained: heads.isChained)
    }
}

extension EarlyExitModel: Parameterized {
    /// Shows the parameters under their names in Hugging Face's checkpoints.
    public mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        backbone.visitParameters(&visitor, under: prefix)
        heads.visitParameters(&visitor, under: prefix)
    }
}
