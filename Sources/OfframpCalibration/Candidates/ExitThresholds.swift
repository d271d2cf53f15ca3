import Glibc
import OfframpExit

/// Confidence policies with a threshold for every exit, each as low as the texts that leave there allow.
///
/// A single threshold treats all exits alike, though the first ones are sure of less and mean less by it. Here
/// the exits share what may be lost by a text that leaves: from the entrance on, every exit takes the lowest
/// threshold at which the texts that leave lose no more than that on average.
package enum ExitThresholds {
    /// What a leaving text may lose, from cautious to bold.
    private static let steps = (0..<24).map { 0.0005 * pow(1.3, Double($0)) }

    /// The policies for some texts with right answers, from the most cautious to the boldest, none twice; none
    /// for a task without confidence.
    package static func policies(_ trace: Trace) -> [any ExitPolicy] {
        guard trace.task.rules.hasLabels, trace.exits.count > 1, trace.textCount > 0 else {
            return []
        }
        let costs = trace.depths.map { trace.losses(of: FixedDepth($0)).values }
        var names: Set<String> = []
        return steps.map { allowed in
            Confidence(Thresholds(thresholds(trace, costs, allowed)))
        }.filter { names.insert($0.name).inserted }
    }

    private static func thresholds(
        _ trace: Trace, _ costs: [[Double]], _ allowed: Double
    ) -> [Float] {
        var staying = Array(0..<trace.textCount)
        return trace.exits.dropLast().map { exit in
            let ranked = staying.map { (text: $0, confidence: exit.observation($0).confidence) }
                .filter { !$0.confidence.isNaN }
                .sorted { $0.confidence > $1.confidence }
            var (lost, threshold) = (0.0, Float(1))
            for (index, candidate) in ranked.enumerated() {
                lost += costs[exit.place.index][candidate.text]
                let isTie =
                    index + 1 < ranked.count
                    && ranked[index + 1].confidence == candidate.confidence
                // Half a loss on top, because those texts are few that the next ones will be like.
                guard !isTie, (lost + 0.5) / Double(index + 1) <= allowed else { continue }
                threshold = candidate.confidence
            }
            let rounded = threshold.roundedDown
            staying = staying.filter { !(exit.observation($0).confidence >= rounded) }
            return rounded
        }
    }

}

extension Float {
    /// A threshold with the four decimals that are shown of it.
    var roundedDown: Float { (self * 10_000).rounded(.down) / 10_000 }
}
