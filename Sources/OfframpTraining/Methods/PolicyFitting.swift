import OfframpExit
import OfframpFiles

/// Learns the numbers that a policy has of its own, with the whole model frozen.
package protocol PolicyFitting: Sendable {
    /// The policy's name, under which a checkpoint keeps the numbers.
    var policy: String { get }

    /// Learns the numbers.
    ///
    /// - Parameter trace: of the training texts, with the right answers.
    /// - Returns: the numbers as the policy reads them from a checkpoint; `nil` where the policy
    ///   cannot decide on the task.
    /// - Throws: `OfframpError` (`data`) when the numbers diverge.
    func fit(_ trace: Trace) throws -> JSON?
}
