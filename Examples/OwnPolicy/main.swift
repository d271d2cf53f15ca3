import Offramp

/// Leaves when the best label is far enough ahead of the second best.
struct Margin: ExitPolicy {
    let margin: Float
    var name: String { "margin:\(margin)" }

    func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool {
        let best = exit.probabilities.sorted(by: >).prefix(2)
        return best.count == 2 && best[0] - best[1] >= margin
    }
}

let classifier = try Classifier("checkpoints/sst2", policy: Margin(margin: 0.8))
print(try classifier.classify("it never quite comes together").depth)

let twice = classifier.with(policy: TwiceSure())
print(try twice.classify("it never quite comes together").depth)
