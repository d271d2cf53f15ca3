/// What a training run may choose beside its method.
public struct TrainingSettings: Sendable, Equatable {
    /// Texts a step.
    public var batchSize = 32
    /// The seed of everything random.
    public var seed: UInt64 = 42
    /// The share of a stage's steps over which the learning rate rises.
    public var warmupShare = 0.06
    /// The norm that gradients are clipped to.
    public var largestNorm: Float = 1
    /// Whether the backbone stays as it is.
    public var freezesBackbone = false
    /// Passes over the training set, of every stage; `nil` for the method's own.
    public var epochs: Int?
    /// The highest learning rate, of every stage; `nil` for the method's own.
    public var learningRate: Float?
    /// Steps between two saved states, beside the one after each epoch.
    public var stepsBetweenSaves = 1000

    /// The usual settings.
    public init() {}

    /// The stages of a method under these settings.
    func stages(of method: Method) -> [Stage] {
        (freezesBackbone ? method.frozenStages : method.stages).map { stage in
            var stage = stage
            stage.epochs = epochs ?? stage.epochs
            stage.learningRate = learningRate ?? stage.learningRate
            return stage
        }
    }
}
