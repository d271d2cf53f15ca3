extension Method {
    /// All exits jointly, weighted by their depth (Zhou et al. 2020).
    static let pabee = Method(
        name: "pabee", summary: "train everything jointly, deeper exits weighing more",
        paper: "Zhou et al. 2020", head: HeadChoice(.sharedPooler),
        stages: [
            Stage(
                "joint", parts: .everything, objective: .weighted, epochs: 3,
                learningRate: 5e-5)
        ], policy: "patience")
}
