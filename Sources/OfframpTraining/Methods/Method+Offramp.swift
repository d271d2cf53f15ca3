extension Method {
    /// Ours: all exits jointly with distillation, in cycles whose ends are averaged.
    static let offramp = Method(
        name: "offramp", summary: "train all exits jointly with distillation, average the cycles",
        head: HeadChoice(.deepSets, pairs: .pairDeepSets),
        usesDepthZero: true,
        stages: [jointDistillation],
        policy: "confidence")

    private static var jointDistillation: Stage {
        var stage = Stage(
            "joint", parts: .everything,
            objective: .labelDistil, epochs: 5,
            learningRate: 1e-4)
        stage.flow = .damped(0.3)
        stage.headFactor = 10
        stage.wordDeletion = 0.1
        stage.averagesCycles = true
        return stage
    }
}
