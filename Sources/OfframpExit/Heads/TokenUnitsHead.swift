import OfframpTensor

/// Every token through a narrow map and GELU, the pool of these units beside that of the states themselves, then a
/// linear map (Deep Sets, Zaheer et al. 2017). A pool mixes what a few tokens say with all the others; units read it
/// before. A second map may read each unit beside its neighbours, the window of a convolution (Kim 2014), and is pooled
/// too: what neighbours say together, the states of the first depths do not hold yet.
struct TokenUnitsHead: Head {
    private var units: Linear
    private var windows: Linear?
    private var classifier: Linear
    private let pooling: Pooling

    private static let width = 64

    init(_ place: HeadPlace, pooling: Pooling, hasWindows: Bool) {
        self.pooling = pooling
        units = Linear(inputs: place.features, outputs: Self.width)
        windows = hasWindows ? Linear(inputs: 3 * Self.width, outputs: Self.width) : nil
        let pools = hasWindows ? 2 : 1
        classifier = Linear(
            inputs: pooling.features(width: place.features)
                + pools * pooling.features(width: Self.width),
            outputs: place.outputCount, use: .exactProduct)
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        let units = units(features, .gelu)
        var inputs = pooling(features, texts).concatenated(with: pooling(units, texts))
        if let windows {
            let windows = windows(units.betweenNeighbours(texts), .gelu)
            inputs = inputs.concatenated(with: pooling(windows, texts))
        }
        return classifier(inputs.dropping(&dropout))
    }

    var cost: TokenCost {
        TokenCost(
            constant: classifier.multiplyAdds,
            perToken: units.multiplyAdds + (windows?.multiplyAdds ?? 0))
    }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        units.visitParameters(&visitor, under: prefix + "units.")
        windows?.visitParameters(&visitor, under: prefix + "windows.")
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}

extension HeadKind {
    /// All tokens -> 64 units of each -> mean and maximum of states and units -> linear.
    package static let deepSets = ofTokenUnits(
        "deep-sets", "64 units of each token beside its state, then as mean (Deep Sets)", .meanMax)

    /// All tokens -> 64 units of each -> a comparison of the two segments in states and units -> linear.
    package static let pairDeepSets = ofTokenUnits(
        "pair-deep-sets", "64 units of each token beside its state, then as pair (Deep Sets)", .pair
    )

    /// All tokens -> 64 units of each, and of every three in a row -> mean and maximum of these and of the states ->
    /// linear.
    package static let convolution = ofTokenUnits(
        "convolution", "as deep-sets, and 64 units of every three tokens in a row", .meanMax,
        hasWindows: true)

    /// The same units -> a comparison of the two segments in states and units -> linear.
    package static let pairConvolution = ofTokenUnits(
        "pair-convolution", "as pair-deep-sets, and 64 units of every three tokens in a row", .pair,
        hasWindows: true)

    /// So few layers bear three times the rate, which attention diverges at.
    private static func ofTokenUnits(
        _ name: String, _ summary: String, _ pooling: Pooling, hasWindows: Bool = false
    ) -> HeadKind {
        HeadKind(name: name, summary: summary, pooling: .none, rateFactor: 3) {
            TokenUnitsHead($0, pooling: pooling, hasWindows: hasWindows)
        }
    }
}
