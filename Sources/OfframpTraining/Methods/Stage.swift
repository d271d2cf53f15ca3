import OfframpEngine
import OfframpExit

/// One part of a training: what changes, towards which objective, how fast.
package struct Stage: Sendable {
    /// How the gradients of inner exits reach the backbone.
    package enum Flow: Sendable, Equatable {
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
    package var name: String
    /// What is trained.
    package var parts: TrainedParts
    /// The losses, one per step in turn.
    package var objectives: [any Objective]
    /// How gradients reach the backbone.
    package var flow = Flow.plain
    /// Passes over the training set.
    package var epochs: Int
    /// The highest learning rate of the backbone.
    package var learningRate: Float
    /// What the learning rate of heads is multiplied by, with a frozen backbone too.
    package var headFactor: Float = 1
    /// AdamW's decoupled weight decay; not on biases, norms and embeddings.
    package var weightDecay: Float = 0.01
    /// Whether dropout is on.
    package var hasDropout = true
    /// The share of word pieces left out of the texts at random.
    package var wordDeletion: Float = 0
    /// How much the answers to one text, seen twice, are trained to agree.
    var consistency = Consistency(weight: 0)
    /// After how many epochs without a better one the stage ends; `nil` for none.
    package var patience: Int?
    /// Whether every epoch is a cycle of its own, with warm-up and decay. The stage's result is then
    /// the average of the weights at the ends of the cycles, up to the one after which it was best.
    package var averagesCycles = false

    /// A stage; what is omitted has its default.
    package init(
        _ name: String, parts: TrainedParts, objectives: [any Objective], epochs: Int,
        learningRate: Float
    ) {
        precondition(!objectives.isEmpty, "a stage needs a loss")
        self.name = name
        self.parts = parts
        self.objectives = objectives
        self.epochs = epochs
        self.learningRate = learningRate
    }

}

extension Stage {
    /// Ordinary fine-tuning with the last exit, which several methods start with.
    static func fineTuning(epochs: Int) -> Stage {
        Stage(
            "fine-tune", parts: [.backbone, .lastHead], objectives: [FinalOnly()], epochs: epochs,
            learningRate: 5e-5)
    }

    /// The same stage with the backbone left as it is. Its epochs cost next to nothing, so heads that
    /// cannot be solved for are trained until the validation rows gain no more.
    var frozen: Stage {
        var frozen = self
        frozen.parts.remove(.backbone)
        frozen.hasDropout = false
        frozen.averagesCycles = false
        (frozen.learningRate, frozen.headFactor) = (1e-4, 1)
        (frozen.epochs, frozen.patience) = (60, 8)
        return frozen
    }

    /// The same stage for texts of which an epoch takes so many steps.
    ///
    /// The end of a short epoch is too far from a minimum to be averaged: then one schedule runs over
    /// all of them. It gets more epochs where steps are few, and no words are deleted, as a few
    /// thousand texts have none to spare.
    func adapted(stepsPerEpoch: Int) -> Stage {
        guard averagesCycles, stepsPerEpoch < Self.shortestCycle else { return self }
        var stage = self
        stage.averagesCycles = false
        stage.wordDeletion = 0
        let wanted = (Self.leastSteps + stepsPerEpoch - 1) / max(stepsPerEpoch, 1)
        stage.epochs = min(max(wanted, epochs), Self.mostEpochs * epochs)
        return stage
    }

    /// In steps.
    private static let (shortestCycle, leastSteps) = (1000, 500)
    /// Of the usual number: texts that are seen too often are learned by heart.
    private static let mostEpochs = 4

    /// Whether its heads can be solved for: linear ones whose exits do without each other, on a
    /// backbone that stays as it is.
    func isSolved(_ heads: HeadSet) -> Bool {
        parts == .heads && heads.areLinear && heads.signal == nil
            && objectives.allSatisfy(\.isSolvedByExit)
    }

    /// Whether the hidden states stay the same during the stage.
    var hasFrozenBackbone: Bool { !parts.contains(.backbone) }

    /// The loss that a step minimises.
    func objective(step: Int) -> any Objective { objectives[step % objectives.count] }
}
