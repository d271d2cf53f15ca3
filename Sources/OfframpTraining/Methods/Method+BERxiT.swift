extension Method {
    /// The last exit and the inner ones in turn, and a score, shared by all exits, that learns how
    /// wrong each is (Xin et al. 2021).
    static let berxit = Method(
        name: "berxit", summary: "train last and inner exits in turn, with a learned score",
        paper: "Xin et al. 2021", head: .pooler, signal: .shared,
        stages: [
            Stage(
                "joint", parts: .everything,
                objective: .alternatingScores, epochs: 3,
                learningRate: 5e-5)
        ],
        stagesWhenFrozen: Stage.exitsThenSignals("scores", .scores), policy: "learned")
}
