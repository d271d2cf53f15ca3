import OfframpExit
import OfframpFiles

/// Learns the numbers that a policy has of its own, with the whole model frozen.
package protocol PolicyFitting: Sendable {
    /// The policy, under whose name a checkpoint keeps the numbers.
    var policy: PolicyKind { get }

    /// Learns the numbers.
    ///
    /// - Parameter trace: of texts that the heads have not learned from, with the right answers.
    /// - Returns: the numbers as the policy reads them from a checkpoint.
    /// - Throws: `OfframpError` (`data`) when the numbers diverge.
    func fit(_ trace: Trace) throws -> JSON
}

/// Everything that is learned for policies once the heads stand still.
package enum PolicyFittings {
    /// All of them.
    package static let catalog: [any PolicyFitting] = [
        EnsembleFitting(), BeemFitting(), QuotaFitting(), GateFitting(),
        PredictedDepthFitting(),
    ]

    /// The numbers of every policy that can decide on the task, as members named after the policies. A
    /// text whose logits are not all numbers teaches nothing.
    package static func fit(_ trace: Trace) throws -> JSON {
        let usable = (0..<trace.textCount).filter { text in
            trace.exits.allSatisfy { $0.observation(text).logits.allSatisfy(\.isFinite) }
        }
        guard !usable.isEmpty else { return [:] }
        let trace = usable.count == trace.textCount ? trace : trace.gathered(usable)
        return .object(
            try catalog.filter { $0.policy.tasks.contains(trace.task) }.map { fitting in
                JSON.Member(fitting.policy.name, try fitting.fit(trace))
            })
    }
}

extension Trace {
    /// 1 for every text that a policy answers wrongly, 0 for the others.
    func errors(of policy: any ExitPolicy) -> [Float] {
        guard let gold else { preconditionFailure("a trace with right answers") }
        return zip(replay(policy), gold.labels).map { $0.prediction.label == $1 ? 0 : 1 }
    }
}
