import Glibc
import OfframpExit
import OfframpTensor

extension Trace {
    /// A trace of two labels written text by text: the probability of label 1 at each exit, depths from 1.
    init(chances: [[Float]], labels: [Int]) {
        let exits = chances[0].indices
        self.init(
            depths: exits.map { $0 + 1 }, outputCount: 2,
            logits: exits.map { exit in
                chances.flatMap { [0, logit($0[exit])] }
            },
            gold: .labels(labels), tokens: labels.map { _ in 10 })
    }
}

private func logit(_ chance: Float) -> Float { log(chance / (1 - chance)) }
