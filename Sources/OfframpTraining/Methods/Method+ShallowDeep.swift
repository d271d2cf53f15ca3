extension Method {
    /// All exits jointly, the inner ones weighing more and more; the surest exit answers where none is
    /// sure enough (Kaya et al. 2019).
    static let shallowDeep = Method(
        name: "shallow-deep",
        summary: "train everything jointly, inner exits weighing more and more",
        paper: "Kaya et al. 2019", head: HeadChoice(.linear),
        stages: [
            Stage(
                "joint", parts: .everything, objective: .ramped, epochs: 3,
                learningRate: 5e-5)
        ], policy: "confidence:1,most-confident")
}
