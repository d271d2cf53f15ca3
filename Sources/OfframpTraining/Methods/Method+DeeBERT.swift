extension Method {
    /// Fine-tuning, then inner exits on the frozen backbone (Xin et al. 2020).
    static let deebert = Method(
        name: "deebert", summary: "fine-tune, freeze, then train the inner exits",
        paper: "Xin et al. 2020", head: .pooler,
        stages: [.fineTuning(epochs: 3), exits], policy: "entropy")

    /// The paper's three epochs at the rate of fine-tuning leave new poolers where they began where there
    /// are only some thousand texts. So they are trained as on a backbone that was never fine-tuned.
    private static var exits: Stage {
        var stage = Stage(
            "exits", parts: .innerHeads, objective: .sum, epochs: 3, learningRate: 2e-5)
        stage.hasFrozenSchedule = true
        return stage
    }
}
