import OfframpTensor

/// A branch with narrow transformer layers of its own, then mean and maximum of its tokens through a
/// linear map (BranchyNet, Teerapittayanon et al. 2016, whose early branches are the deeper ones): two
/// layers at the exits of the first half, one at the later ones, none at the last exit, where the
/// backbone itself is the branch.
struct BranchHead: Head {
    private var narrow: Linear?
    private var layers: [BranchLayer]
    private var classifier: Linear

    init(_ place: HeadPlace) {
        let count = Self.layerCount(place)
        narrow = count > 0 ? Linear(inputs: place.features, outputs: BranchLayer.width) : nil
        layers = (0..<count).map { _ in BranchLayer() }
        let width = count > 0 ? BranchLayer.width : place.features
        classifier = Linear(inputs: 2 * width, outputs: place.outputCount)
    }

    private static func layerCount(_ place: HeadPlace) -> Int {
        if place.exit == place.exits - 1 { return 0 }
        return 2 * place.exit < place.exits - 1 ? 2 : 1
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        var tokens = narrow?(features) ?? features
        for layer in layers { tokens = layer(tokens, texts, &dropout) }
        return classifier(Pooling.meanMax(tokens, texts).dropping(&dropout))
    }

    var cost: TokenCost {
        let ends = TokenCost(
            constant: classifier.multiplyAdds, perToken: narrow?.multiplyAdds ?? 0)
        return layers.reduce(ends) { $0 + $1.cost }
    }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        narrow?.visitParameters(&visitor, under: prefix + "narrow.")
        for index in layers.indices {
            layers[index].visitParameters(&visitor, under: "\(prefix)layer.\(index).")
        }
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}

/// A transformer layer (Vaswani et al. 2017) that is narrow, whatever the backbone's width.
private struct BranchLayer: Parameterized, Sendable {
    private var queryKeyValue = Linear(inputs: width, outputs: 3 * width)
    private var output = Linear(inputs: width, outputs: width)
    private var attentionNorm = LayerNorm(width: width, epsilon: epsilon)
    private var up = Linear(inputs: width, outputs: innerWidth)
    private var down = Linear(inputs: innerWidth, outputs: width)
    private var outputNorm = LayerNorm(width: width, epsilon: epsilon)

    static let width = 128
    private static let (innerWidth, attentionHeads) = (256, 2)
    private static let epsilon: Float = 1e-5

    func callAsFunction(_ x: Tensor, _ texts: TextRanges, _ dropout: inout Dropout) -> Tensor {
        let mixed = queryKeyValue(x)
            .selfAttention(texts, heads: Self.attentionHeads, dropout: &dropout)
        return attentionNorm(output(mixed).dropping(&dropout), plus: x)
            .feedForward(up: up, .gelu, down: down, norm: outputNorm, dropout: &dropout)
    }

    var cost: TokenCost {
        let maps = [queryKeyValue, output, up, down].reduce(0) { $0 + $1.multiplyAdds }
        return TokenCost(perToken: maps, perPair: 2 * Double(Self.width))
    }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        queryKeyValue.visitParameters(
            &visitor, stacking: ["query", "key", "value"].map { "\(prefix)attention.\($0)." })
        output.visitParameters(&visitor, under: prefix + "attention.output.")
        attentionNorm.visitParameters(&visitor, under: prefix + "attention.LayerNorm.")
        up.visitParameters(&visitor, under: prefix + "up.")
        down.visitParameters(&visitor, under: prefix + "down.")
        outputNorm.visitParameters(&visitor, under: prefix + "LayerNorm.")
    }
}

extension HeadKind {
    /// All tokens -> narrow layers of its own -> mean and maximum -> linear.
    package static let branch = HeadKind(
        name: "branch",
        summary: "narrow layers of its own, more near the entrance, then as mean (BranchyNet)",
        pooling: .none, make: BranchHead.init)
}
