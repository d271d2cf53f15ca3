import OfframpExit

/// Where the texts of some groups left, and how good the answers were.
package struct Departures {
    /// One group.
    package struct Group {
        package let name: String
        package let textCount: Int
        /// The trace's metric over the group; `nil` where it does not exist.
        package let quality: Double?
        /// The share of the texts that left at each exit, `[exits]`.
        package let shares: [Double]
    }

    private let trace: Trace
    private let answers: [Answer]

    private static let parts = 4

    /// Replays a policy.
    ///
    /// - Parameter trace: of the rows, with right answers and token counts.
    package init(_ trace: Trace, _ policy: any ExitPolicy) {
        self.trace = trace
        answers = trace.replay(policy)
    }

    /// Texts by length in tokens: four groups of about the same size, fewer where many are equally long.
    package var byLength: [Group] {
        guard let tokens = trace.tokens, !tokens.isEmpty else { return [] }
        let sorted = tokens.sorted()
        // The longest text of each group; a text belongs to the first group that is long enough.
        let bounds = (1...Self.parts).map {
            sorted[(sorted.count * $0 + Self.parts - 1) / Self.parts - 1]
        }
        var groups: [Group] = []
        var least = sorted[0]
        for bound in bounds where bound >= least {
            let texts = tokens.indices.filter { least...bound ~= tokens[$0] }
            let name = least == bound ? "\(least)" : "\(least) to \(bound)"
            groups.append(group(name, texts))
            least = bound + 1
        }
        return groups.filter { $0.textCount > 0 }
    }

    /// Texts by their right label; one with several labels counts for each. None in a regression.
    package func byLabel(_ labels: [String]) -> [Group] {
        let right = trace.gold?.labelsOfTexts ?? []
        return labels.indices.map { label in
            group(labels[label], right.indices.filter { right[$0].contains(label) })
        }.filter { $0.textCount > 0 }
    }

    private func group(_ name: String, _ texts: [Int]) -> Group {
        var counts = Array(repeating: 0, count: trace.exits.count)
        for text in texts { counts[answers[text].exitIndex] += 1 }
        let predictions = texts.map { answers[$0].prediction }
        return Group(
            name: name, textCount: texts.count,
            quality: trace.gold.flatMap { trace.metric(predictions, $0.gathered(texts)) },
            shares: counts.map { Double($0) / Double(max(texts.count, 1)) })
    }
}
