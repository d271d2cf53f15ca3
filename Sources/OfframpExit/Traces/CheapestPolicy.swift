extension Trace {
    /// The cheapest policy that is at most `points` worse than the full model on these texts.
    ///
    /// Choose on texts held out for it, never on those that are reported. Cheapest is the smallest
    /// relative compute, or the smallest average depth without a cost model; of equally cheap ones
    /// the better one wins, then the earlier candidate. If none is good enough, `full` is chosen.
    ///
    /// - Parameters:
    ///   - points: hundredths of the quality, 0.5 for half a point of accuracy.
    ///   - margin: how many standard errors of the loss must fit in as well: what was lost on these
    ///     texts is an estimate.
    package func cheapest(
        of candidates: [any ExitPolicy], within points: Double, margin: Double = 0,
        cost: CostModel? = nil
    ) -> CurvePoint {
        let full = point(Full(), cost: cost)
        // Slack for sums such as 0.885 - 0.005, which round upwards.
        let bound = points / 100 + 5e-7
        let affordable = candidates.map { (policy: $0, point: point($0, cost: cost)) }
            .filter { full.quality - $0.point.quality <= bound }
            .sorted { isBetter($0.point, $1.point) }
        let chosen = affordable.first { candidate in
            margin == 0 || loss(of: candidate.policy).isWithin(bound, margin: margin)
        }
        return chosen?.point ?? full
    }

    /// What a policy loses against the full model.
    package func loss(of policy: any ExitPolicy) -> QualityLoss {
        guard let gold else { preconditionFailure("a loss needs right answers") }
        return QualityLoss(
            of: replay(policy).map(\.prediction), against: replay(Full()).map(\.prediction), gold,
            metric)
    }

    private func isBetter(_ first: CurvePoint, _ second: CurvePoint) -> Bool {
        (first.expense, -first.quality) < (second.expense, -second.quality)
    }
}
