/// The grids that a sweep walks, as text, from the slowest setting to the fastest.
enum Sweep {
    /// Thirty steps of a threshold that grows from 0, dense where texts are sure: squares of
    /// evenly spaced shares, four decimals.
    static func numbers(_ threshold: (Float) -> Float) -> [String] {
        (1...30).map { step in
            let share = Float(step * step) / 900
            return numberText((threshold(share) * 10_000).rounded() / 10_000)
        }
    }

    /// Confidences from nearly 1 down to the least that there is.
    static func confidences(_ arguments: PolicyArguments) -> [String] {
        let context = arguments.context
        let least = context.task.rules.leastConfidence(outputCount: context.outputCount)
        return numbers { 1 - (1 - least) * $0 }
    }
}
