import OfframpExit
import OfframpTensor
import OfframpTraining
import TestModels
import Testing

@Suite struct ConsistencyTests {
    /// Probabilities of one text at two exits, both passes: (½, ½) and (¾, ¼), then twice the same.
    private static func exits() -> [HeadOutput] {
        let log3 = Float(1.0986123)
        return [
            Tensor([0, 0, log3, 0], rows: 2, columns: 2).tracked(as: 0),
            Tensor([1, 3, 1, 3], rows: 2, columns: 2).tracked(as: 1),
        ].map { HeadOutput(logits: $0) }
    }

    private static let targets = Targets(.labels([0, 0]))

    @Test func `is half the divergence both ways, the mean over the texts, the sum over the exits`()
    {
        // KL(p ‖ q) = ½ ln(4/3) = 0.143841, KL(q ‖ p) = ¾ ln(3/2) + ¼ ln(1/2) = 0.130812.
        let loss = Consistency(weight: 2).loss(Self.exits(), Self.targets)
        #expect(abs(loss.scalar - (0.143841 + 0.130812)) < 1e-5)
    }

    @Test func `pulls each pass to the other, which stands still`() {
        let gradients = Consistency(weight: 2).loss(Self.exits(), Self.targets).gradients()
        // softmax − teacher: (½ − ¾, ½ − ¼) for the first pass and its opposite for the second.
        let expected: [Float] = [-0.25, 0.25, 0.25, -0.25]
        #expect(largestDifference(gradients.values(of: 0, count: 4), expected) < 1e-5)
        #expect(largestDifference(gradients.values(of: 1, count: 4), [0, 0, 0, 0]) < 1e-5)
    }

    @Test func `lets every text pass twice, or once without it`() {
        #expect(Consistency(weight: 1).passes(of: [4, 2]) == [4, 2, 4, 2])
        #expect(Consistency(weight: 0).passes(of: [4, 2]) == [4, 2])
        #expect(Consistency(weight: 0).loss(Self.exits(), Self.targets).scalar == 0)
    }
}
