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
        stagesWhenFrozen: haltingStages(.ponder), policy: "halting:0.99,sum,mixture")

    /// On a frozen backbone: the exits by themselves, then where they halt.
    static func haltingStages(_ objective: ObjectiveKind) -> [Stage] {
        [
            Stage("exits", parts: .classifiers, objective: .sum, epochs: 3, learningRate: 5e-5),
            Stage("halting", parts: .signals, objective: objective, epochs: 3, learningRate: 5e-5),
        ]
    }
}
