/// What a policy must know of the model that it is built for.
public struct PolicyContext: Sendable {
    /// What the logits mean.
    public let task: TaskKind
    /// How many logits a text has.
    public let labels: Int
    /// The depths of all exits in layers, ascending; the last one always answers.
    public let depths: [Int]
    /// The learned weights of an ensemble, if the checkpoint has them.
    public let ensemble: EnsembleWeights?

    /// Describes a model's exits.
    public init(
        task: TaskKind = .classification, labels: Int, depths: [Int],
        ensemble: EnsembleWeights? = nil
    ) {
        precondition(labels >= 1 && !depths.isEmpty, "a model has an output and an exit")
        precondition(
            ensemble.map { $0.exits == depths.count && $0.labels == labels } ?? true,
            "ensemble weights must fit the exits and labels")
        self.task = task
        self.labels = labels
        self.depths = depths
        self.ensemble = ensemble
    }

    /// How many exits there are before the last.
    var innerExits: Int { depths.count - 1 }
}
