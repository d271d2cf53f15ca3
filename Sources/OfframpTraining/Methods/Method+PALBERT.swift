extension Method {
    /// One pooler for all exits, and a distribution over where to halt that is kept near a prior
    /// (Balagansky and Gavrilov 2022, after PonderNet, Banino et al. 2021). They share the
    /// classifier too, which here every exit has of its own, and their halting head is a small network; here it
    /// is one linear map.
    static let palbert = Method(
        name: "palbert", summary: "train everything on the loss to be expected where texts halt",
        paper: "Balagansky and Gavrilov 2022", head: HeadChoice(.sharedPooler), signal: .own,
        stages: [
            Stage(
                "joint", parts: .everything, objective: .expected, epochs: 3, learningRate: 5e-5)
        ],
        stagesWhenFrozen: Stage.exitsThenSignals("halting", .expected),
        policy: "halting")
}
