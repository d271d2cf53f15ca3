import OfframpEncoder
import OfframpExit
import OfframpTensor

/// A backbone with the heads of one method. A part of a backbone has heads with parameters at its own exits alone.
package struct EarlyExitModel: Sendable {
    /// The encoder.
    package var backbone: Backbone
    /// The heads, one at each exit.
    package var heads: HeadSet

    /// Puts heads on a backbone.
    package init(backbone: Backbone, heads: HeadSet) {
        precondition(
            heads.depths.last ?? 0 <= backbone.configuration.layerCount,
            "an exit beyond the encoder"
        )
        self.backbone = backbone
        self.heads = heads
    }

    /// The exits in ascending depth.
    package var places: [ExitPlace] { ExitPlace.all(depths: heads.depths) }

    /// The exits that lie in the backbone: all of them, unless it is a part.
    package var ownPlaces: [ExitPlace] {
        places.filter { backbone.depths.hasExit(at: $0.depth) }
    }

    /// The exits of the parts before the backbone; none, unless it is a part itself.
    package var earlierPlaces: [ExitPlace] {
        let start = backbone.depths.lowerBound
        return places.filter { $0.depth <= start && !backbone.depths.hasExit(at: $0.depth) }
    }

    /// Whether there are exits behind those of the backbone, so that texts may stay unanswered.
    package var handsOn: Bool { heads.depths.last ?? 0 > backbone.depths.upperBound }

    /// What leaving at each exit costs, on the way through all parts.
    package var cost: CostModel {
        CostModel(
            backbone: heads.depths.map(backbone.cost(toDepth:)),
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
        for place in ownPlaces {
            heads.visitParameters(&visitor, ofExit: place.index, under: prefix)
        }
    }
}
