import OfframpTensor

/// A learned number between 0 and 1 beside a head's logits, `sigmoid(w · features + b)`. Objective
/// and policy give it its meaning: a score for going on, or a probability of halting. It goes with
/// any kind of heads.
package enum Signal: String, Sendable, CaseIterable {
    /// Every exit has weights of its own.
    case own
    /// One set of weights for all exits (BERxiT, Xin et al. 2021).
    case shared
}

/// The map from what a head reads to its signal; from the first token where it reads all tokens.
package struct SignalHead: Sendable {
    private var map: Linear
    private let pooling: Pooling
    private let isShared: Bool

    /// - Parameter width: of a hidden state.
    init(_ signal: Signal, _ pooling: Pooling, width: Int) {
        self.pooling = pooling
        map = Linear(inputs: pooling.features(width: width), outputs: 1, use: .exactProduct)
        isShared = signal == .shared
    }

    /// - Returns: `[texts, 1]`.
    func callAsFunction(_ features: Tensor, _ texts: TextRanges) -> Tensor {
        let rows = pooling == .none ? Pooling.firstToken(features, texts) : features
        return map(rows).sigmoid()
    }

    /// Replaces the map.
    ///
    /// - Parameters:
    ///   - weight: `[1, features]`.
    ///   - bias: `[1]`.
    mutating func replaceMap(weight: Tensor, bias: Tensor) {
        precondition(weight.shape == map.weight.shape && bias.shape == map.bias.shape)
        (map.weight, map.bias) = (.float32(weight), bias)
    }

    /// Changes a map that has learned from standardised features to one that says the same of them as they are.
    mutating func absorb(_ scaling: FeatureScaling) {
        guard case .float32(let weight) = map.weight else {
            preconditionFailure("weights in training")
        }
        let scaled = zip(weight.values, scaling.factors).map { Double($0) * $1 }
        let shift = zip(scaled, scaling.means).reduce(0) { $0 + $1.0 * $1.1 }
        map.weight = .float32(Tensor(scaled.map { Float($0) }, rows: 1, columns: scaled.count))
        map.bias = Tensor([Float(Double(map.bias.scalar) - shift)])
    }

    var cost: TokenCost { TokenCost(constant: map.multiplyAdds) }

    /// Whether a parameter of a head set belongs to a signal.
    package static func isParameter(_ name: String) -> Bool {
        name.hasPrefix(word) || name.contains("." + word)
    }

    private static let word = "signal."
}

extension SignalHead: Parameterized {
    package mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        // Parameters of the same name are one parameter: that is how the map is shared.
        map.visitParameters(&visitor, under: (isShared ? "" : prefix) + Self.word)
    }
}
