import OfframpExit

/// An exit strategy as its paper names it: heads, stages of training and a default policy.
package struct Method: Catalogued {
    package static let noun = "method"

    /// The name on the command line and in checkpoints.
    package var name: String
    /// One line for the help.
    package var summary: String
    /// Authors and year.
    package var paper = ""
    /// The kind of its heads.
    package var head: HeadChoice
    /// The signal of its heads, if they have one.
    package var signal: Signal?
    /// Whether it puts an exit on the embeddings.
    package var usesDepthZero = false
    /// What is trained, in order.
    package var stages: [Stage]
    /// What is trained instead where the backbone stays as it is; `nil` for the same without it.
    package var stagesWhenFrozen: [Stage]?
    /// The policy whose numbers are chosen after training: its kind, `entropy` for example, with the
    /// options that all candidates get.
    package var policy: String

    /// A method; what is omitted has its default.
    package init(
        name: String, summary: String, paper: String = "", head: HeadChoice,
        signal: Signal? = nil, usesDepthZero: Bool = false,
        stages: [Stage], stagesWhenFrozen: [Stage]? = nil, policy: String
    ) {
        (self.name, self.summary, self.paper) = (name, summary, paper)
        (self.head, self.signal) = (head, signal)
        self.usesDepthZero = usesDepthZero
        (self.stages, self.stagesWhenFrozen) = (stages, stagesWhenFrozen)
        self.policy = policy
    }
}

extension Method {
    /// All methods.
    package static let catalog = [
        offramp, fastbert, deebert, pabee, ztw, branchynet, shallowDeep, mebert, berxit,
        elasticbert, romebert, cdl, act, palbert, depthAdaptive,
    ]

    /// Whether linear heads are solved for again on the final states. Not where exits have texts of
    /// their own.
    var refits: Bool { stages.allSatisfy { $0.keepingConfidence == nil } }

    /// The depths of the exits in an encoder with so many layers.
    package func depths(layers: Int) -> [Int] { Array((usesDepthZero ? 0 : 1)...layers) }

    /// The signal of its heads, if they have one. On a backbone that stays as it is no exits share one: there
    /// states of different depths have nothing in common that would tell how wrong an exit is.
    package func signal(frozen: Bool) -> Signal? { signal.map { frozen ? .own : $0 } }

    /// The stages with a frozen backbone, unless the method has such stages of its own. A stage whose
    /// heads a later stage trains again is left out: it was there for the backbone's sake.
    package func frozenStages(_ heads: HeadKind) -> [Stage] {
        if let stagesWhenFrozen { return stagesWhenFrozen.map { $0.frozen(heads) } }
        let frozen = stages.map { $0.frozen(heads) }
        return frozen.indices.filter { index in
            let later = frozen[(index + 1)...].reduce(TrainedParts()) { $0.union($1.parts) }
            return !later.isSuperset(of: frozen[index].parts)
        }.map { frozen[$0] }
    }
}
