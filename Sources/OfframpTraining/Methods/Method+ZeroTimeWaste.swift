extension Method {
    /// Fine-tuning, cascaded exits on the frozen backbone, an ensemble over them (Wołczyk et al.
    /// 2021).
    static let ztw = Method(
        name: "ztw", summary: "fine-tune, freeze, train cascaded exits, then an ensemble over them",
        paper: "Wołczyk et al. 2021", head: HeadChoice(.meanCascade),
        stages: [.fineTuning(epochs: 3), cascade], policy: "ensemble")

    private static var cascade: Stage {
        var stage = Stage(
            "exits", parts: .heads, objective: .sum, epochs: 10, learningRate: 1e-2)
        stage.weightDecay = 0
        stage.hasDropout = false
        return stage
    }
}
