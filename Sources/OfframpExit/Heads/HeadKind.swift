/// A kind of heads: what a `HeadSet` is made of.
package struct HeadKind: Catalogued {
    package static let noun = "head"

    /// The name in checkpoints and on the command line.
    package let name: String
    /// One line for the help.
    package let summary: String
    /// What a head reads of the hidden states.
    package let pooling: Pooling
    /// Whether a head reads the logits of the one before it.
    package let isChained: Bool
    /// Whether all heads have parameters in common.
    package let isShared: Bool
    /// How much higher a learning rate than others of its sort it bears.
    package let rateFactor: Float
    /// The standard deviation of fresh matrices; see `ParameterInitializer`.
    package let deviation: Float?
    let make: @Sendable (HeadPlace) -> any Head

    /// A kind whose heads are made by a function of their place.
    package init(
        name: String, summary: String, pooling: Pooling, isChained: Bool = false,
        isShared: Bool = false, rateFactor: Float = 1, deviation: Float? = 0.02,
        make: @escaping @Sendable (HeadPlace) -> any Head
    ) {
        (self.name, self.summary, self.pooling) = (name, summary, pooling)
        (self.isChained, self.isShared, self.make) = (isChained, isShared, make)
        (self.rateFactor, self.deviation) = (rateFactor, deviation)
    }
}

extension HeadKind {
    /// All kinds.
    package static let catalog = [
        linear, mean, pair, pooler, sharedPooler, cascade, meanCascade, pairCascade, normCascade,
        meanNormCascade, attentive, branch, deepSets, pairDeepSets, convolution, pairConvolution,
    ]
}
