extension Method {
    /// All exits jointly, every layer getting the average of their gradients (Liu et al. 2022).
    static let elasticbert = Method(
        name: "elasticbert", summary: "train everything jointly with gradient equilibrium",
        paper: "Liu et al. 2022", head: .pooler, stages: [joint], policy: "entropy")

    private static var joint: Stage {
        var stage = Stage(
            "joint", parts: .everything, objective: .sum, epochs: 5,
            learningRate: 5e-5)
        stage.flow = .equilibrium
        stage.weightDecay = 0.1
        return stage
    }
}
