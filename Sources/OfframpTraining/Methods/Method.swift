import OfframpExit
import OfframpFiles

/// An exit strategy as its paper names it: heads, stages of training and a default policy.
public struct Method: Sendable {
    /// The name on the command line and in checkpoints.
    public var name: String
    /// One line for the help.
    public var summary: String
    /// Authors and year.
    public var paper: String
    /// The kind of its heads.
    public var head: HeadKind
    /// Whether it puts an exit on the embeddings.
    public var usesDepthZero: Bool
    /// What is trained, in order.
    public var stages: [Stage]
    /// The kind of policy whose threshold is chosen after training, `entropy` for example.
    public var policy: String
    /// Whether an ensemble over the exits is learned after the heads.
    public var learnsEnsemble: Bool

    /// The stages with the backbone left as it is; without those whose heads a later stage trains,
    /// which were there for the backbone's sake.
    public var frozenStages: [Stage] {
        let frozen = stages.map { stage in
            var frozen = stage
            frozen.parts.remove(.backbone)
            frozen.hasDropout = false
            return frozen
        }
        return frozen.indices.filter { index in
            let later = frozen[(index + 1)...].reduce(TrainedParts()) { $0.union($1.parts) }
            return !later.isSuperset(of: frozen[index].parts)
        }.map { frozen[$0] }
    }

    /// The depths of the exits in an encoder with so many layers.
    public func depths(layers: Int) -> [Int] { Array((usesDepthZero ? 0 : 1)...layers) }
}

extension Method {
    /// Finds a method.
    ///
    /// - Throws: `OfframpError` (`usage`) that lists the names there are.
    public static func named(_ name: String) throws -> Method {
        if let method = catalog.first(where: { $0.name == name }) { return method }
        throw OfframpError(
            .usage, at: "method", found: "\"\(name)\"",
            expected: "one of " + catalog.map(\.name).joined(separator: ", "))
    }
}
