extension Method {
    /// Fine-tuning, then students that learn the last exit's answers on the frozen backbone, for which
    /// texts without labels will do (Liu et al. 2020).
    static let fastbert = Method(
        name: "fastbert",
        summary: "fine-tune, freeze, then distil the last exit into the inner ones",
        paper: "Liu et al. 2020", head: HeadChoice(.attentive),
        stages: [.fineTuning(epochs: 3), students], policy: "uncertainty")

    /// Ten times the rate of fine-tuning, no weight decay.
    private static var students: Stage {
        var stage = Stage(
            "students", parts: .innerHeads, objective: .distil, epochs: 5,
            learningRate: 5e-4)
        stage.weightDecay = 0
        return stage
    }
}
