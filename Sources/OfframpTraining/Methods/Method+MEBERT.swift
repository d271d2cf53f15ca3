extension Method {
    /// A classifier at every block, all trained jointly; texts leave by confidence.
    static let mebert = Method(
        name: "mebert", summary: "train everything jointly, a classifier at every block",
        head: .pooler,
        stages: [
            Stage(
                "joint", parts: .everything, objective: .sum, epochs: 3,
                learningRate: 5e-5)
        ], policy: "confidence")
}
