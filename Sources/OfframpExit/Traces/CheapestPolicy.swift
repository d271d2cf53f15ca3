extension Trace {
    /// The cheapest policy that is at most `points` worse than the full model, or another reference, on these texts.
    ///
    /// Choose on texts held out for it, never on those that are reported. Cheapest is the smallest
    /// relative compute, or the smallest average depth without a cost model; of equally cheap ones
    /// the better one wins, then the earlier candidate. If none is good enough, the reference is chosen.
    ///
    /// - Parameters:
    ///   - points: hundredths of the quality, 0.5 for half a point of accuracy.
    ///   - margin: how many standard errors of the loss must fit in as well: what was lost on these
    ///     texts is an estimate.
    ///   - curve: the candidates' points, where they are known.
    package func cheapest(
        of candidates: [any ExitPolicy], within points: Double, margin: Double = 0,
        against reference: any ExitPolicy = Full(), cost: CostModel? = nil,
        curve: [CurvePoint]? = nil
    ) -> CurvePoint {
        let best = point(reference, cost: cost)
        // Slack for sums such as 0.885 - 0.005, which round upwards.
        let bound = points / 100 + 5e-7
        let curve = curve ?? self.curve(candidates, cost: cost)
        let affordable = zip(candidates, curve).map { (policy: $0, point: $1) }
            .filter { best.quality - $0.point.quality <= bound }
            .sorted { isBetter($0.point, $1.point) }
        let chosen = affordable.first { candidate in
            margin == 0
                || loss(of: candidate.policy, against: reference).isWithin(bound, margin: margin)
        }
        return chosen?.point ?? best
    }

    /// What a policy loses against the full model, or another reference.
    package func loss(
        of policy: any ExitPolicy, against reference: any ExitPolicy = Full()
    ) -> QualityLoss {
        guard let gold else { preconditionFailure("a loss needs right answers") }
        return QualityLoss(
            of: replay(policy).map(\.prediction), against: replay(reference).map(\.prediction),
            gold,
            metric)
    }

    /// The best depth where it answers better than the full model, as last layers of a frozen backbone may be the worse
    /// ones for a task; else the full model.
    ///
    /// - Parameter margin: how many standard errors its gain must be clear of.
    package func bestDepth(margin: Double) -> any ExitPolicy {
        let inner = zip(depths, FixedDepthLine(self).points).dropLast()
        guard let depth = inner.max(by: { $0.1.quality < $1.1.quality })?.0 else { return Full() }
        let best = FixedDepth(depth)
        let loss = loss(of: best)
        return loss.value < 0 && loss.isWithin(0, margin: margin) ? best : Full()
    }

    private func isBetter(_ first: CurvePoint, _ second: CurvePoint) -> Bool {
        (first.expense, -first.quality) < (second.expense, -second.quality)
    }
}
