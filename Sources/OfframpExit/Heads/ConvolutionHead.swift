import OfframpTensor

/// Every token through a narrow map and GELU, twice more each of these units with its two neighbours', then the pools
/// of all of them beside that of the states themselves, through a linear map. The windows are those of a convolution
/// (Kim 2014): what two or three words say together, the states of the first depths do not hold yet. Pooling each
/// step keeps what single tokens say (Deep Sets, Zaheer et al. 2017).
struct ConvolutionHead: Head {
    private var units: Linear
    private var windows: [Linear]
    private var classifier: Linear
    private let pooling: Pooling

    private static let (width, windowCount) = (64, 2)

    init(_ place: HeadPlace, pooling: Pooling) {
        self.pooling = pooling
        let width = Self.width
        units = Linear(inputs: place.features, outputs: width)
        windows = (0..<Self.windowCount).map { _ in Linear(inputs: 3 * width, outputs: width) }
        classifier = Linear(
            inputs: pooling.features(width: place.features)
                + (1 + windows.count) * pooling.features(width: width),
            outputs: place.outputCount, use: .exactProduct)
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        var tokens = units(features, .gelu)
        var inputs = pooling(features, texts).concatenated(with: pooling(tokens, texts))
        for window in windows {
            tokens = window(tokens.betweenNeighbours(texts), .gelu)
            inputs = inputs.concatenated(with: pooling(tokens, texts))
        }
        return classifier(inputs.dropping(&dropout))
    }

    var cost: TokenCost {
        TokenCost(
            constant: classifier.multiplyAdds,
            perToken: windows.reduce(units.multiplyAdds) { $0 + $1.multiplyAdds })
    }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        units.visitParameters(&visitor, under: prefix + "units.")
        for index in windows.indices {
            windows[index].visitParameters(&visitor, under: "\(prefix)windows.\(index).")
        }
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}

extension HeadKind {
    /// All tokens -> 64 units of each, and of three and five neighbours -> mean and maximum of all and of the states ->
    /// linear.
    package static let convolution = HeadKind(
        name: "convolution",
        summary: "64 units of each token and of its neighbours beside its state, then as mean",
        pooling: .none, rateFactor: rateFactorOfConvolutions
    ) { ConvolutionHead($0, pooling: .meanMax) }

    /// The same units -> a comparison of the two segments in states and units -> linear.
    package static let pairConvolution = HeadKind(
        name: "pair-convolution",
        summary: "64 units of each token and of its neighbours beside its state, then as pair",
        pooling: .none, rateFactor: rateFactorOfConvolutions
    ) { ConvolutionHead($0, pooling: .pair) }

    /// Few layers bear what attention diverges at.
    private static let rateFactorOfConvolutions: Float = 3
}
