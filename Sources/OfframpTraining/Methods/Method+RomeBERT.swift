extension Method {
    /// Inner exits learn labels and the last one's answers, with gradient equilibrium; where the two
    /// losses are at odds the last exit's gives way (Geng et al. 2021, as their code does on all but the
    /// largest data).
    static let romebert = Method(
        name: "romebert",
        summary: "train everything jointly with distillation, gradients projected",
        paper: "Geng et al. 2021", head: .pooler, stages: [joint], policy: "entropy")

    private static var joint: Stage {
        var stage = Stage(
            "joint", parts: .everything, objective: .strongDistil,
            epochs: 3, learningRate: 5e-5)
        stage.flow = .equilibrium
        stage.projectsLast = true
        return stage
    }
}
