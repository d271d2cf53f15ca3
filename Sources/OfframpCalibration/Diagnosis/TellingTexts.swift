import OfframpExit

/// The texts of a trace that tell most about where a classifier fails.
package struct TellingTexts {
    /// One text.
    package struct Text {
        /// Its place in the trace.
        package let index: Int
        /// What the policy answered.
        package let answer: Answer
        /// How many exits get it right; `nil` in a regression.
        package let rightExits: Int?
    }

    private let texts: [Text]
    private let trace: Trace
    private let right: [[Int]]

    private static let most = 10

    /// Replays a policy.
    ///
    /// - Parameter trace: of the rows, with right answers.
    package init(_ trace: Trace, _ policy: any ExitPolicy) {
        let right = trace.gold?.labelsOfTexts ?? []
        let hasLabels = trace.task.rules.hasLabels
        texts = trace.replay(policy).enumerated().map { index, answer in
            let exits = trace.exits.count {
                $0.observation(index).prediction.labels == right[index]
            }
            return Text(index: index, answer: answer, rightExits: hasLabels ? exits : nil)
        }
        (self.trace, self.right) = (trace, right)
    }

    /// Wrong answers that the classifier was surest of, the surest first; none in a regression.
    package var overconfident: [Text] {
        let wrong = texts.filter {
            $0.rightExits != nil && $0.answer.prediction.labels != right[$0.index]
        }
        return first(wrong) { Double($0.answer.prediction.score) }
    }

    /// Texts that the fewest exits get right, those first whose right answers the exits find least likely. In a
    /// regression those whose answers are furthest from the right ones.
    package var hardest: [Text] {
        if case .values(let values)? = trace.gold {
            return first(texts) { Double(abs($0.answer.prediction.score - values[$0.index])) }
        }
        let missed = texts.filter { ($0.rightExits ?? 0) < trace.exits.count }
        return first(missed) { text in
            Double(trace.exits.count - (text.rightExits ?? 0)) - likelihood(of: text)
        }
    }

    /// The mean probability of the right labels over the exits, below 1.
    private func likelihood(of text: Text) -> Double {
        let labels = right[text.index]
        guard !labels.isEmpty else { return 0 }
        let total = trace.exits.reduce(0.0) { sum, exit in
            let probabilities = exit.observation(text.index).prediction.probabilities
            return sum + labels.reduce(0) { $0 + Double(probabilities[$1]) }
        }
        return total / Double(labels.count * trace.exits.count) * 0.999
    }

    private func first(_ texts: [Text], _ key: (Text) -> Double) -> [Text] {
        texts.map { ($0, key($0)) }.filter { !$0.1.isNaN }
            .sorted { ($0.1, $1.0.index) > ($1.1, $0.0.index) }
            .prefix(Self.most).map(\.0)
    }
}
