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
    /// What is minimised.
    package var objective: ObjectiveKind
    /// How gradients reach the backbone.
    package var flow = Flow.plain
    /// Whether the gradient of the last exit's loss loses what opposes that of the inner ones, in the
    /// layers' weights (RomeBERT).
    package var projectsLast = false
    /// The confidence from which an exit keeps a text from those behind it, so that each learns from
    /// what the ones before it leave; `nil` where all learn from all texts.
    package var keepingConfidence: Float?
    /// Passes over the training set.
    package var epochs: Int
    /// The highest learning rate of the backbone.
    package var learningRate: Float
    /// What the learning rate of heads is multiplied by, with a frozen backbone too.
    package var headFactor: Float = 1
    /// AdamW's decoupled weight decay; not on biases, norms and embeddings.
    package var weightDecay: Float = 0.01
    /// Whether it is trained as on a backbone that never learns, in place of its own epochs and rate.
    var hasFrozenSchedule = false
    /// Whether dropout is on.
    package var hasDropout = true
    /// The share of word pieces left out of the texts at random.
    package var wordDeletion: Float = 0
    /// How much the answers to one text, seen twice, are trained to agree.
    var consistency = Consistency(weight: 0)
    /// After how many epochs without a better one the stage ends; `nil` for none.
    package var patience: Int?
    /// Epochs that are enough for many texts on a frozen backbone, and steps that are enough for any.
    var onMany = (epochs: 10, steps: 20_000)
    /// Whether every epoch is a cycle of its own, with warm-up and decay. The stage's result is then
    /// the average of the weights at the ends of the cycles, up to the one after which it was best.
    package var averagesCycles = false
    /// The fewest steps of an epoch that is a cycle.
    package var shortestCycle = 1000

    /// A stage; what is omitted has its default.
    package init(
        _ name: String, parts: TrainedParts, objective: ObjectiveKind, epochs: Int,
        learningRate: Float
    ) {
        self.name = name
        self.parts = parts
        self.objective = objective
        self.epochs = epochs
        self.learningRate = learningRate
    }

}

extension Stage {
    /// Ordinary fine-tuning with the last exit, which several methods start with.
    static func fineTuning(epochs: Int) -> Stage {
        Stage(
            "fine-tune", parts: [.backbone, .lastHead], objective: .final, epochs: epochs,
            learningRate: 5e-5)
    }

    /// The exits by themselves, then the signals beside them, for methods that train both together where the
    /// backbone learns too.
    ///
    /// - Parameters:
    ///   - name: of the signals' stage.
    ///   - objective: of the signals.
    static func exitsThenSignals(_ name: String, _ objective: ObjectiveKind) -> [Stage] {
        [
            Stage("exits", parts: .classifiers, objective: .sum, epochs: 3, learningRate: 5e-5),
            Stage(name, parts: .signals, objective: objective, epochs: 3, learningRate: 5e-5),
        ]
    }

    /// The same stage with the backbone left as it is, for heads that cannot be solved for.
    ///
    /// An epoch costs next to nothing where heads read one row a text: they are trained until the validation rows gain
    /// no more. Where they read all tokens they are small networks, which start from nothing and are at their best
    /// where the schedule ends.
    func frozen(_ heads: HeadKind) -> Stage {
        var frozen = self
        frozen.parts.remove(.backbone)
        frozen.averagesCycles = false
        frozen.headFactor = 1
        let areNetworks = heads.pooling == .none
        frozen.hasDropout = hasDropout && areNetworks
        frozen.learningRate = areNetworks ? Self.networkRate * heads.rateFactor : 1e-4
        (frozen.epochs, frozen.patience) = areNetworks ? (6, nil) : (60, 8)
        frozen.onMany = areNetworks ? (epochs: 3, steps: 5000) : (epochs: 10, steps: 20_000)
        // They see standardised features.
        if parts == .signals { (frozen.learningRate, frozen.patience) = (1e-3, 3) }
        return frozen
    }

    /// The rate at which small networks learn alone.
    static let networkRate: Float = 1e-3

    /// The same stage with the rate that heads bear beside a backbone that learns.
    func joint(_ heads: HeadKind) -> Stage {
        guard !hasFrozenSchedule else { return frozen(heads) }
        var stage = self
        if !hasFrozenBackbone { stage.headFactor *= heads.rateFactor }
        return stage
    }

    /// The same stage for texts of which an epoch takes so many steps.
    ///
    /// The end of a short epoch is too far from a minimum to be averaged: then one schedule runs over
    /// all of them. It gets more epochs where steps are few, and no words are deleted, as a few
    /// thousand texts have none to spare. Inner exits pull less at the backbone, which would cost the last
    /// one more than it can win back.
    ///
    /// With a frozen backbone many epochs are for few texts; on many the rate would hardly have begun to
    /// decay when the validation rows gain no more.
    func adapted(stepsPerEpoch: Int) -> Stage {
        guard !hasFrozenBackbone else {
            var stage = self
            stage.epochs = min(epochs, max(onMany.epochs, onMany.steps / max(stepsPerEpoch, 1)))
            return stage
        }
        guard averagesCycles, stepsPerEpoch < shortestCycle else { return self }
        var stage = self
        stage.averagesCycles = false
        stage.wordDeletion = 0
        stage.flow = Self.shortFlow
        let wanted = (Self.leastSteps + stepsPerEpoch - 1) / max(stepsPerEpoch, 1)
        stage.epochs = min(max(wanted, epochs), Self.mostEpochs * epochs)
        return stage
    }

    /// In steps.
    private static let leastSteps = 500
    private static let shortFlow = Flow.damped(0.1)
    /// Of the usual number: texts that are seen too often are learned by heart.
    private static let mostEpochs = 4

    /// Whether its heads can be solved for: linear ones on a backbone that stays as it is, and all of
    /// them together where each reads the one before it.
    func isSolved(_ heads: HeadSet) -> Bool {
        let solved = parts.intersection(.classifiers)
        return hasFrozenBackbone && heads.areLinear && !solved.isEmpty
            && (solved == .classifiers || !heads.isChained)
            && objective.isSolvedByExit
    }

    /// Whether the hidden states stay the same during the stage.
    var hasFrozenBackbone: Bool { !parts.contains(.backbone) }

    /// The loss that one of so many steps minimises.
    func objective(step: Int, of steps: Int) -> any Objective {
        objective.losses[step % objective.losses.count]
            .at(progress: Float(step) / Float(max(steps, 1)))
    }
}
