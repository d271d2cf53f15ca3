import OfframpEngine

/// One part of a training: what changes, towards which objective, how fast.
public struct Stage: Sendable {
    /// How the gradients of inner exits reach the backbone.
    public enum Flow: Sendable, Equatable {
        /// They add up.
        case plain
        /// Every depth gets their average (gradient equilibrium, Li et al. 2019).
        case equilibrium
        /// Those of inner exits are multiplied by a factor.
        case damped(Float)

        func gradientFlow(exits: Int) -> GradientFlow {
            switch self {
            case .plain: .plain
            case .equilibrium: .equilibrium(exits: exits)
            case .damped(let factor): .damped(factor, exits: exits)
            }
        }
    }

    /// A word for progress notes: `fine-tune`, `exits`.
    public var name: String
    /// What is trained.
    public var parts: TrainedParts
    /// The loss.
    public var objective: any Objective
    /// How gradients reach the backbone.
    public var flow = Flow.plain
    /// Passes over the training set.
    public var epochs: Int
    /// The highest learning rate of the backbone.
    public var learningRate: Float
    /// How much faster heads learn than a backbone would, on a frozen one too.
    public var headFactor: Float = 1
    /// AdamW's decoupled weight decay; not on biases, norms and embeddings.
    public var weightDecay: Float = 0.01
    /// Whether dropout is on.
    public var hasDropout = true
    /// The share of word pieces left out of the texts at random.
    public var wordDeletion: Float = 0
    /// How much the answers to one text, seen twice, are to agree.
    var consistency = Consistency(weight: 0)
    /// Whether every epoch is a cycle of its own, with warm-up and decay, and the stage's result an
    /// average of the weights at their ends: of the first cycle to the one after which it was best.
    public var averagesCycles = false

    /// A stage; what is left out has its usual value.
    public init(
        _ name: String, parts: TrainedParts, objective: any Objective, epochs: Int,
        learningRate: Float
    ) {
        self.name = name
        self.parts = parts
        self.objective = objective
        self.epochs = epochs
        self.learningRate = learningRate
    }

    /// Whether the hidden states stay the same during the stage.
    var hasFrozenBackbone: Bool { !parts.contains(.backbone) }
}
