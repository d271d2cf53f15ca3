import OfframpExit
import OfframpFiles

/// The boldest policy whose risk is shown to be within a limit.
///
/// Learn-then-test (Angelopoulos et al. 2021) along a path that other texts have laid (Pareto testing,
/// Laufer-Goldshtein et al. 2023): policies are put in order, from cautious to bold, on one part of the texts, and
/// tested in this order on the other part, up to the first that fails. As each is only tested after all before it
/// have passed, the promise holds for whichever is the last, at no price for the number of them.
package struct GuaranteedPolicy: Sendable {
    /// The last policy that kept the limit; `full` where none did.
    package let policy: any ExitPolicy
    /// Its losses on the texts that it was tested on.
    package let losses: TextLosses

    /// Finds the policy.
    ///
    /// - Parameters:
    ///   - parts: of texts that the model has not learned from.
    ///   - candidates: policies of any kind, made without a look at the texts that decide.
    ///   - tolerance: see `Trace.losses`.
    ///   - expense: what a policy costs on some texts, in any unit.
    /// - Throws: `OfframpError` (`data`) when there are too few texts for any promise.
    package init(
        _ parts: CalibrationParts, within limit: RiskLimit, among candidates: [any ExitPolicy],
        tolerance: Float = 0, expense: (Trace, any ExitPolicy) -> Double
    ) throws {
        try Self.check(parts, limit)
        let test = parts.test
        var kept: (policy: any ExitPolicy, losses: TextLosses) = (
            Full(), test.losses(of: Full(), tolerance: tolerance)
        )
        var worst = kept.losses
        let path = parts.search.path(of: candidates, tolerance: tolerance) {
            expense(parts.search, $0)
        }
        for policy in path {
            let losses = test.losses(of: policy, tolerance: tolerance)
            // A promise on the mean is only proven for losses that never shrink from policy to policy.
            worst = worst.maximum(losses)
            guard limit.isKept(by: limit.confidence == nil ? worst : losses) else { break }
            kept = (policy, losses)
        }
        (policy, losses) = kept
    }

    private static func check(_ parts: CalibrationParts, _ limit: RiskLimit) throws {
        let (tested, needed) = (parts.test.textCount, limit.fewestTexts)
        guard tested < needed || parts.search.textCount == 0 else { return }
        let all = CalibrationParts.fewestTexts(deciding: needed)
        throw OfframpError(
            .data, at: "calibration", found: "\(tested + parts.search.textCount) rows",
            expected:
                "at least \(all): three tenths are searched on, and even if none of the others loses its "
                + "answer, it takes \(needed) of them for this promise")
    }
}

extension Trace {
    /// The policies that no other one beats in both risk and expense on these texts, from the most cautious to
    /// the boldest.
    func path(
        of candidates: [any ExitPolicy], tolerance: Float, expense: (any ExitPolicy) -> Double
    ) -> [any ExitPolicy] {
        let measured = candidates.map {
            (policy: $0, risk: losses(of: $0, tolerance: tolerance).mean, expense: expense($0))
        }.sorted { ($0.risk, $0.expense) < ($1.risk, $1.expense) }
        var least = Double.infinity
        return measured.filter { candidate in
            defer { least = min(least, candidate.expense) }
            return candidate.expense < least
        }.map(\.policy)
    }
}
