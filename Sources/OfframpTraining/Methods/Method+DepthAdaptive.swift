extension Method {
    /// All exits jointly; what the first one says of a text chooses its depth at once (Elbayad et al. 2020). Theirs
    /// are translators whose first exit stands behind a layer; here it stands on the embeddings.
    static let depthAdaptive = Method(
        name: "depth-adaptive", summary: "train all exits jointly, predict the depth at the first",
        paper: "Elbayad et al. 2020", head: HeadChoice(.mean), usesDepthZero: true,
        stages: [
            Stage("joint", parts: .everything, objective: .sum, epochs: 3, learningRate: 5e-5)
        ], policy: "predicted")
}
