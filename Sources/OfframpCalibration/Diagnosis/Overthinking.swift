import OfframpExit

extension Trace {
    /// The share of the texts that some earlier exit has right and the last one gets wrong (Kaya et al. 2019);
    /// `nil` for a task without right and wrong, or without right answers.
    package var overthinking: Double? {
        guard let gold, task.rules.hasLabels, textCount > 0 else { return nil }
        let labels = gold.labelsOfTexts
        let isRight = exits.map { exit in
            (0..<textCount).map { text in
                exit.observation(text).prediction.labels == labels[text]
            }
        }
        let texts = (0..<textCount).count { text in
            !isRight[isRight.count - 1][text] && isRight.contains { $0[text] }
        }
        return Double(texts) / Double(textCount)
    }
}
