/// How strongly gradients flow back at each exit: into its branch of the fork, and along the trunk.
package struct GradientFlow: Sendable, Equatable {
    private let branches: [Float]
    private let trunks: [Float]

    /// Factors by exit; beyond the end of a list the factor is 1.
    package init(branches: [Float] = [], trunks: [Float] = []) {
        self.branches = branches
        self.trunks = trunks
    }

    /// Gradients as they are: every exit adds to the trunk.
    package static let plain = GradientFlow()

    /// Gradient equilibrium: the trunk below exit i gets the average, not the sum, of the gradients
    /// of the exits above it (Li et al. 2019; ElasticBERT).
    package static func equilibrium(exits: Int) -> GradientFlow {
        GradientFlow(
            branches: (0..<exits).map { 1 / Float(exits - $0) },
            trunks: (0..<exits).map { Float(exits - $0 - 1) / Float(exits - $0) })
    }

    /// Inner exits reach the trunk weakened; the last one in full.
    package static func damped(_ factor: Float, exits: Int) -> GradientFlow {
        GradientFlow(branches: (0..<exits).map { $0 < exits - 1 ? factor : 1 })
    }

    func branch(_ exit: Int) -> Float { exit < branches.count ? branches[exit] : 1 }

    func trunk(_ exit: Int) -> Float { exit < trunks.count ? trunks[exit] : 1 }
}
