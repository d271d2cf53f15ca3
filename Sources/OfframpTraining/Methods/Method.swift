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
    /// The kind of policy whose threshold is chosen after training, `entropy` for example.
    package var policy: String
    /// How the policy's own numbers are learned after the heads, if it has any.
    package var fitting: (any PolicyFitting)?

    /// A method; what is omitted has its default.
    package init(
        name: String, summary: String, paper: String = "", head: HeadChoice,
        signal: Signal? = nil, usesDepthZero: Bool = false,
        stages: [Stage], policy: String, fitting: (any PolicyFitting)? = nil
    ) {
        (self.name, self.summary, self.paper) = (name, summary, paper)
        (self.head, self.signal) = (head, signal)
        self.usesDepthZero = usesDepthZero
        (self.stages, self.policy, self.fitting) = (stages, policy, fitting)
    }
}

extension Method {
    /// All methods.
    package static let catalog = [offramp, deebert, pabee, ztw]

    /// The depths of the exits in an encoder with so many layers.
    package func depths(layers: Int) -> [Int] { Array((usesDepthZero ? 0 : 1)...layers) }

    /// The stages with a frozen backbone. A stage whose heads a later stage trains again is left out:
    /// it was there for the backbone's sake.
    package var frozenStages: [Stage] {
        let frozen = stages.map(\.frozen)
        return frozen.indices.filter { index in
            let later = frozen[(index + 1)...].reduce(TrainedParts()) { $0.union($1.parts) }
            return !later.isSuperset(of: frozen[index].parts)
        }.map { frozen[$0] }
    }
}
