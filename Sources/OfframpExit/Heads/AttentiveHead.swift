import OfframpTensor

/// FastBERT's classifier (Liu et al. 2020): all tokens through a narrow map and tanh, two attention
/// heads, and the first token's result through two more maps. No residual connection, no norm, and
/// dropout on the attention probabilities alone. Only what the first token needs is computed.
struct AttentiveHead: Head {
    private var narrow: Linear
    private var query: Linear
    private var keyValue: Linear
    private var output: Linear
    private var dense: Linear
    private var classifier: Linear

    /// That of the authors' code, whatever the backbone's.
    private static let (width, attentionHeads) = (128, 2)

    init(_ place: HeadPlace) {
        narrow = Linear(inputs: place.features, outputs: Self.width)
        query = Linear(inputs: Self.width, outputs: Self.width, use: .exactProduct)
        keyValue = Linear(inputs: Self.width, outputs: 2 * Self.width)
        output = Linear(inputs: Self.width, outputs: Self.width, use: .exactProduct)
        dense = Linear(inputs: Self.width, outputs: Self.width, use: .exactProduct)
        classifier = Linear(inputs: Self.width, outputs: place.outputCount, use: .exactProduct)
    }

    func callAsFunction(
        _ features: Tensor, _ texts: TextRanges, previous: Tensor?, _ dropout: inout Dropout
    ) -> Tensor {
        let tokens = narrow(features).activated(by: .tanh)
        let mixed = query(Pooling.firstToken(tokens, texts))
            .attention(to: keyValue(tokens), texts, heads: Self.attentionHeads, dropout: &dropout)
        return classifier(dense(output(mixed)).activated(by: .tanh))
    }

    var cost: TokenCost {
        let once = [query, output, dense, classifier].reduce(0) { $0 + $1.multiplyAdds }
        let perToken = narrow.multiplyAdds + keyValue.multiplyAdds + 2 * Double(Self.width)
        return TokenCost(constant: once, perToken: perToken)
    }

    mutating func visitParameters(
        _ visitor: inout some ParameterVisitor, under prefix: String
    ) {
        narrow.visitParameters(&visitor, under: prefix + "narrow.")
        query.visitParameters(&visitor, under: prefix + "attention.query.")
        keyValue.visitParameters(
            &visitor, stacking: ["key", "value"].map { "\(prefix)attention.\($0)." })
        output.visitParameters(&visitor, under: prefix + "attention.output.")
        dense.visitParameters(&visitor, under: prefix + "dense.")
        classifier.visitParameters(&visitor, under: prefix + "classifier.")
    }
}

extension HeadKind {
    /// All tokens -> narrow attention at the first token -> two maps. Through so many narrow maps in a row BERT's small
    /// weights would let next to nothing.
    package static let attentive = HeadKind(
        name: "attentive", summary: "narrow attention of the first token to all others (FastBERT)",
        pooling: .none, deviation: nil, make: AttentiveHead.init)
}
