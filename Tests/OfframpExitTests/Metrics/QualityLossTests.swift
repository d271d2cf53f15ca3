import OfframpExit
import OfframpTensor
import Testing

@Suite struct QualityLossTests {
    /// The wrong ones stand anywhere, and those of a smaller range among those of a larger one.
    private static func answers(wrong: Range<Int>, of texts: Int) -> [Prediction] {
        var random = RandomSource(seed: 4)
        return (0..<texts).shuffled(using: &random).map {
            Prediction(probabilities: wrong.contains($0) ? [0.9, 0.1] : [0.1, 0.9])
        }
    }

    private static func loss(_ wrong: Range<Int>, _ reference: Range<Int>, of texts: Int)
        -> QualityLoss
    {
        QualityLoss(
            of: answers(wrong: wrong, of: texts), against: answers(wrong: reference, of: texts),
            .labels(Array(repeating: 1, count: texts)), .accuracy)
    }

    @Test func `the same answers lose nothing, and that is certain`() {
        let loss = Self.loss(0..<30, 0..<30, of: 100)
        #expect(loss.value == 0 && loss.standardError == 0)
    }

    /// 40 texts of 1,000 are wrong instead of right: the difference of a text is 1 with probability
    /// 0.04, so that its standard error is the root of 0.04 · 0.96 / 1000.
    @Test func `the standard error is that of the texts whose answer changed`() {
        let loss = Self.loss(100..<180, 100..<140, of: 1000)
        #expect(abs(loss.value - 0.04) < 1e-9)
        #expect(abs(loss.standardError - 0.0062) < 0.003)
        #expect(loss.isWithin(0.05, margin: 1) && !loss.isWithin(0.05, margin: 4))
        #expect(!loss.isWithin(0.038, margin: 0) && loss.isWithin(0.038, margin: -1))
    }

    /// Of 1,000 texts the first exit loses 40 and the second the same 40 or 40 others. The mean is 0.04 either
    /// way; a text's mean loss is 1 with probability 0.04, or a half with 0.08.
    @Test(arguments: [(other: 100..<180, error: 0.0062), (180..<260, 0.0043)])
    func `the mean of several losses knows what they share`(other: Range<Int>, error: Double) {
        let first = Self.loss(100..<180, 100..<140, of: 1000)
        let second = Self.loss(other, other.lowerBound..<other.lowerBound + 40, of: 1000)
        let mean = QualityLoss(mean: [first, second])
        #expect(abs(mean.value - 0.04) < 1e-9)
        #expect(abs(mean.standardError - error) < 0.0015)
    }

    @Test func `a single text tells nothing of its error`() {
        let loss = Self.loss(0..<1, 0..<0, of: 1)
        #expect(loss.value == 1 && loss.standardError == 0)
        #expect(QualityLoss(mean: [loss, loss]).standardError == 0)
    }

    @Test func `better answers are a gain`() {
        #expect(Self.loss(0..<10, 0..<20, of: 100).value < 0)
    }
}
