extension Method {
    /// Fine-tuning, then inner exits on the frozen backbone (Xin et al. 2020).
    static let deebert = Method(
        name: "deebert", summary: "fine-tune, freeze, then train the inner exits",
        paper: "Xin et al. 2020", head: HeadChoice(.pooler),
        stages: [
            .fineTuning(epochs: 3),
            Stage(
                "exits", parts: .innerHeads, objective: .sum, epochs: 3,
                learningRate: 2e-5),
        ], policy: "entropy")
}
