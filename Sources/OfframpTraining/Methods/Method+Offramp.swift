extension Method {
    /// Ours: all exits jointly with distillation, in cycles whose ends are averaged.
    static let offramp = Method(
        name: "offramp", summary: "train all exits jointly with distillation, average the cycles",
        head: HeadChoice(.convolution, pairs: .pairConvolution),
        usesDepthZero: true,
        stages: [joint(.labelDistil)], stagesWhenFrozen: [joint(.ensembleDistil)],
        policy: "confidence")

    /// The last exit teaches the others where the backbone learns most from it, all of them teach each where no exit
    /// is the best by nature.
    private static func joint(_ objective: ObjectiveKind) -> Stage {
        var stage = Stage(
            "joint", parts: .everything, objective: objective, epochs: 5, learningRate: 1e-4)
        stage.flow = .damped(0.3)
        stage.headFactor = 10
        stage.wordDeletion = 0.1
        stage.averagesCycles = true
        return stage
    }
}
