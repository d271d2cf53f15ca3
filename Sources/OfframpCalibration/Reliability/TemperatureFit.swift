import Glibc
import OfframpExit
import OfframpTensor

/// The temperature of every exit that makes its probabilities mean what they say (Guo et al. 2017): the one
/// with the least loss on texts that the model has not learned from. No label changes by it.
package enum TemperatureFit {
    /// Where the logarithm of a temperature is looked for: from 0.05 to 20. Exits that make no mistake on the
    /// texts would have none at all.
    private static let range = log(0.05)...log(20.0)
    /// Steps of the golden section; the interval shrinks below 0.01 %.
    private static let steps = 28

    /// One temperature for each exit, `[exits]`; 1 where a task has no probabilities. A text whose logits are not
    /// all numbers says nothing.
    ///
    /// - Parameter trace: with right answers, whatever its own temperatures are.
    package static func temperatures(_ trace: Trace) -> [Float] {
        guard trace.task.rules.hasLabels, let gold = trace.gold, trace.textCount > 0 else {
            return trace.exits.map { _ in 1 }
        }
        return trace.exits.map { exit in
            let usable = (0..<exit.textCount).filter {
                exit.observation($0).logits.allSatisfy(\.isFinite)
            }
            guard !usable.isEmpty else { return 1 }
            return temperature(exit.gathered(usable), Targets(gold.gathered(usable)))
        }
    }

    private static func temperature(_ exit: ExitOutput, _ targets: Targets) -> Float {
        minimum { temperature in
            let logits = exit.logits.map { $0 / temperature }
            return targets.loss(Tensor(logits, .matrix(exit.textCount, exit.outputCount)))
                .values[0]
        }
    }

    /// The loss has one minimum, as it is convex in the temperature's inverse.
    private static func minimum(_ loss: (Float) -> Float) -> Float {
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (range.lowerBound, range.upperBound)
        func value(_ logarithm: Double) -> Float { loss(Float(exp(logarithm))) }
        var inner = (high - ratio * (high - low), low + ratio * (high - low))
        var losses = (value(inner.0), value(inner.1))
        for _ in 0..<steps {
            if losses.0 <= losses.1 {
                high = inner.1
                (inner.1, losses.1) = (inner.0, losses.0)
                inner.0 = high - ratio * (high - low)
                losses.0 = value(inner.0)
            } else {
                low = inner.0
                (inner.0, losses.0) = (inner.1, losses.1)
                inner.1 = low + ratio * (high - low)
                losses.1 = value(inner.1)
            }
        }
        return Float(exp((low + high) / 2))
    }
}
