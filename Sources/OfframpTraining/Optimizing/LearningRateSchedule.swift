/// Linear warm-up to the highest rate, then linear decay to 0 after the last step.
///
/// The rate is above 0 at every step that is taken.
package struct LearningRateSchedule: Sendable, Equatable {
    /// The number of all steps.
    package let steps: Int
    /// The number of steps of the warm-up.
    package let warmup: Int

    /// A schedule over so many steps, a share of which warm up.
    package init(steps: Int, warmupShare: Double) {
        precondition((0...1).contains(warmupShare))
        self.steps = steps
        warmup = Int((Double(steps) * warmupShare).rounded())
    }

    /// The factor of the highest rate at a step, from 0.
    package func callAsFunction(_ step: Int) -> Float {
        if step < warmup { return Float(step + 1) / Float(warmup + 1) }
        return Float(max(steps - step, 0)) / Float(max(steps - warmup, 1))
    }
}
