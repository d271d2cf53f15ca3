extension Method {
    /// Fine-tuning, then everything jointly, with branches that are deeper and weigh more near the
    /// entrance (Teerapittayanon et al. 2016).
    static let branchynet = Method(
        name: "branchynet",
        summary: "fine-tune, then train deep early branches with everything else",
        paper: "Teerapittayanon et al. 2016", head: HeadChoice(.branch),
        stages: [
            .fineTuning(epochs: 3),
            Stage(
                "joint", parts: .everything, objective: .entrance,
                epochs: 3, learningRate: 5e-5),
        ], policy: "entropy")
}
