extension Trace {
    /// The cheapest policy that is at most `points` worse than the full model on these texts.
    ///
    /// Choose on texts held out for it, never on those that are reported. Cheapest is the smallest
    /// relative compute, or the smallest average depth without a cost model; of equally cheap ones
    /// the better one wins, then the earlier candidate. If none is good enough, `full` is chosen.
    /// - Parameter points: hundredths of the quality, 0.5 for half a point of accuracy.
    package func cheapest(
        of candidates: [any ExitPolicy], within points: Double, cost: CostModel? = nil
    ) -> CurvePoint {
        let full = point(Full(), cost: cost)
        // Slack for sums such as 0.885 - 0.005, which round upwards.
        let least = full.quality - points / 100 - 5e-7
        let goodEnough = curve(candidates, cost: cost).filter { $0.quality >= least }
        guard let first = goodEnough.first else { return full }
        return goodEnough.dropFirst().reduce(first, cheaper)
    }

    private func cheaper(_ first: CurvePoint, _ second: CurvePoint) -> CurvePoint {
        if first.expense != second.expense {
            return first.expense < second.expense ? first : second
        }
        return second.quality > first.quality ? second : first
    }
}
