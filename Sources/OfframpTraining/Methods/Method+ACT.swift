extension Method {
    /// Exits that halt, their probabilities adding up to 1, answer together, at a price for every layer
    /// (adaptive computation time, Graves 2016).
    static let act = Method(
        name: "act", summary: "train everything with a price for every exit that a text passes",
        paper: "Graves 2016", head: HeadChoice(.mean), signal: .own,
        stages: [
            Stage(
                "joint", parts: .everything, objective: .ponder, epochs: 3, learningRate: 5e-5)
        ],
        stagesWhenFrozen: Stage.exitsThenSignals("halting", .ponder),
        policy: "halting:0.99,sum,mixture")
}
