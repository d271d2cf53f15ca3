import OfframpExit

/// What leaving early costs each text against the full model, 0 to 1.
///
/// A text that the full model gets wrong too costs nothing, and neither does one that only the early exit
/// gets right: the mean bounds how much quality is lost.
package struct TextLosses: Sendable {
    /// By text.
    package let values: [Double]
    /// Whether every loss is 0 or 1 by its nature.
    package let areBinary: Bool

    /// Their mean: the risk of the policy on these texts.
    package var mean: Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// Holds the losses of some texts.
    package init(_ values: [Double], areBinary: Bool) {
        self.values = values
        self.areBinary = areBinary
    }

    /// The larger loss of each text.
    func maximum(_ other: TextLosses) -> TextLosses {
        TextLosses(zip(values, other.values).map(max), areBinary: areBinary)
    }
}

extension Trace {
    /// What a policy costs each text of a trace with right answers.
    ///
    /// - Parameter tolerance: a number that is off by so much more than the full model's costs nothing.
    package func losses(of policy: any ExitPolicy, tolerance: Float = 0) -> TextLosses {
        guard let gold else { preconditionFailure("a loss needs right answers") }
        let (early, full) = (predictions(policy), predictions(Full()))
        switch gold {
        case .labels(let labels):
            return TextLosses(
                labels.indices.map {
                    full[$0].label == labels[$0] && early[$0].label != labels[$0] ? 1 : 0
                }, areBinary: true)
        case .labelSets(let sets):
            return TextLosses(
                sets.indices.map { text in
                    let wrong = Set(early[text].labels).symmetricDifference(sets[text])
                    let wrongAnyway = Set(full[text].labels).symmetricDifference(sets[text])
                    return Double(wrong.subtracting(wrongAnyway).count) / Double(outputCount)
                }, areBinary: false)
        case .values(let values):
            return TextLosses(
                values.indices.map { text in
                    let error = abs(early[text].score - values[text])
                    let errorAnyway = abs(full[text].score - values[text])
                    return error <= errorAnyway + tolerance ? 0 : 1
                }, areBinary: true)
        }
    }

    /// The same texts, with what the full model says as the right answers: what a policy costs is then how
    /// often it says something else, for which no text needs a label.
    package var withFullModelAsGold: Trace {
        let full = predictions(Full())
        let gold: Gold =
            switch task {
            case .classification: .labels(full.map(\.label))
            case .multiLabel: .labelSets(full.map(\.labels))
            case .regression: .values(full.map(\.score))
            }
        return Trace(exits: exits, gold: gold, tokens: tokens)
    }

    private func predictions(_ policy: any ExitPolicy) -> [Prediction] {
        replay(policy).map(\.prediction)
    }
}
