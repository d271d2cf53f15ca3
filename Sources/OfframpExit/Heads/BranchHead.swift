import OfframpTensor

/// A branch with narrow transformer layers of its own, then its tokens pooled through a linear map
/// (BranchyNet, Teerapittayanon et al. 2016).
struct BranchHead: SolvableHead {
    private var narrow: Linear?
    private var layers: [BranchLayer]
    var classifier: Linear

    private static let (width, pooling) = (128, Pooling.meanMax)

    /// A branch with some layers; without any it pools the backbone's own states.
    init(_ place: HeadPlace, layers count: Int) {
        let width = Self.width
        narrow = count > 0 ? Linear(inputs: place.features, outputs: width) : nil
        layers = (0..<count).map { _ in BranchLayer(width: width) }
        let features = Self.pooling.features(width: count > 0 ? width : place.features)
        classifier = Linear(inputs: features, outputs: place.outputCount, use: .exactProduct)
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        classifier(inputs(features, texts, &dropout).dropping(&dropout))
    }

    var isLinear: Bool { layers.isEmpty }

    func inputs(_ features: Tensor, _ texts: TextRanges) -> Tensor {
        var dropout = Dropout.none
        return inputs(features, texts, &dropout)
    }

    private func inputs(
        _ features: Tensor, _ texts: TextRanges, _ dropout: inout Dropout
    ) -> Tensor {
        var tokens = narrow?(features) ?? features
        for layer in layers { tokens = layer(tokens, texts, &dropout) }
        return Self.pooling(tokens, texts)
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
    private let width: Int
    private var queryKeyValue: Linear
    private var output: Linear
    private var attentionNorm: LayerNorm
    private var up: Linear
    private var down: Linear
    private var outputNorm: LayerNorm

    private static let attentionHeads = 2
    private static let epsilon: Float = 1e-5

    init(width: Int) {
        self.width = width
        queryKeyValue = Linear(inputs: width, outputs: 3 * width)
        output = Linear(inputs: width, outputs: width)
        attentionNorm = LayerNorm(width: width, epsilon: Self.epsilon)
        up = Linear(inputs: width, outputs: 2 * width)
        down = Linear(inputs: 2 * width, outputs: width)
        outputNorm = LayerNorm(width: width, epsilon: Self.epsilon)
    }

    func callAsFunction(_ x: Tensor, _ texts: TextRanges, _ dropout: inout Dropout) -> Tensor {
        let mixed = queryKeyValue(x)
            .selfAttention(texts, heads: Self.attentionHeads, dropout: &dropout)
        return attentionNorm(output(mixed).dropping(&dropout), plus: x)
            .feedForward(up: up, .gelu, down: down, norm: outputNorm, dropout: &dropout)
    }

    var cost: TokenCost {
        let maps = [queryKeyValue, output, up, down].reduce(0) { $0 + $1.multiplyAdds }
        return TokenCost(perToken: maps, perPair: 2 * Double(width))
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
    /// All tokens -> narrow layers of its own -> mean and maximum -> linear: two layers at the exits of the
    /// first half, as early branches are the deeper ones, one at the later exits, none at the last one, where
    /// the backbone itself is the branch.
    package static let branch = HeadKind(
        name: "branch",
        summary: "narrow layers of its own, more near the entrance, then as mean (BranchyNet)",
        pooling: .none
    ) { place in
        let isLast = place.exit == place.exits - 1
        let layers = 2 * place.exit < place.exits - 1 ? 2 : 1
        return BranchHead(place, layers: isLast ? 0 : layers)
    }
}
