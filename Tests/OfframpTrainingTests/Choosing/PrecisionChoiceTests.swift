import OfframpExit
import OfframpTraining
import Testing

@Suite struct PrecisionChoiceTests {
    /// Texts of label 0 at three exits, each of which is wrong about its first ones.
    private static func trace(_ texts: Int, wrong: [Int]) -> Trace {
        Trace(
            depths: [1, 2, 3], task: .classification, outputCount: 2,
            logits: wrong.map { wrong in
                (0..<texts).flatMap { $0 < wrong ? [0, 1] : [1, 0] as [Float] }
            },
            gold: .labels(Array(repeating: 0, count: texts)))
    }

    /// A loss of 2 points has a standard error of 0.9 on 250 texts, and of 0.2 on 5,000.
    @Test(arguments: [
        (texts: 250, wrong: [0, 5, 0], isKept: true), (250, [20, 20, 20], false),
        (5000, [100, 100, 100], false), (5000, [0, 100, 0], false), (5000, [5, 10, 5], true),
    ])
    func `a precision is given up where the texts say so`(
        texts: Int, wrong: [Int], isKept: Bool
    ) {
        let exact = Self.trace(texts, wrong: [0, 0, 0])
        #expect(PrecisionChoice.keeps(Self.trace(texts, wrong: wrong), exact) == isKept)
    }
}
