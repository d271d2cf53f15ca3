extension Method {
    /// Fine-tuning, then linear exits one after the other on the frozen backbone, each on the texts
    /// that the ones before it are not sure of (Panda et al. 2016).
    static let cdl = Method(
        name: "cdl",
        summary: "fine-tune, freeze, then linear exits, each on what earlier ones leave",
        paper: "Panda et al. 2016", head: HeadChoice(.linear),
        stages: [.fineTuning(epochs: 3), successive], policy: "confidence")

    private static var successive: Stage {
        var stage = Stage(
            "exits", parts: .innerHeads, objective: .sum, epochs: 10,
            learningRate: 1e-2)
        stage.weightDecay = 0
        stage.hasDropout = false
        stage.keepingConfidence = 0.9
        return stage
    }
}
