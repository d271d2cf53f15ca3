/// What leaving at one depth, whatever the exits say, gives for its compute: what a policy is judged
/// against. Between two depths some of the texts could leave at the one and some at the other, so the
/// line between them counts.
package struct FixedDepthLine: Sendable {
    /// One point for each depth, from the entrance to the full model.
    package let points: [CurvePoint]

    /// Measures every depth of a trace.
    package init(_ trace: Trace, cost: CostModel? = nil) {
        points = trace.curve(trace.depths.map(FixedDepth.init), cost: cost)
    }

    /// The quality at some expense; at the ends that of the first and of the last depth.
    package func quality(at expense: Double) -> Double {
        guard let next = points.firstIndex(where: { $0.expense > expense }) else {
            return points[points.count - 1].quality
        }
        guard next > 0 else { return points[0].quality }
        let (low, high) = (points[next - 1], points[next])
        let share = (expense - low.expense) / (high.expense - low.expense)
        return low.quality + share * (high.quality - low.quality)
    }

    /// How much better a policy is than leaving at fixed depths for the same compute.
    package func gain(of point: CurvePoint) -> Double {
        point.quality - quality(at: point.expense)
    }
}
