import OfframpTensor
import TestModels
import Testing

@Suite struct TapeTests {
    private let x = Tensor([3])
    private let y = Tensor([-2])

    /// d/dx of (2x + 5x - y)² at x = 3, y = -2 is 2 · 23 · 7; d/dy is -46.
    @Test func `adds up the paths of a diamond`() {
        let x = x.tracked(as: 0)
        let joined = (2 * x + 5 * x) + -1 * y.tracked(as: 1)
        let gradients = joined.squaredError([0]).gradients()
        #expect(gradients.dense[0]?.values == [322])
        #expect(gradients.dense[1]?.values == [-46])
    }

    /// A result read at two depths: its gradient must be complete before it is passed on.
    @Test func `waits for all readers of a result`() {
        let a = 2 * x.tracked(as: 0)
        let b = 3 * a
        let c = b + a
        let d = c + b + a
        #expect(d.squaredError([0]).gradients().dense[0]?.values == [2 * 48 * 16])
        #expect((a + d).squaredError([0]).gradients().dense[0]?.values == [2 * 54 * 18])
    }

    @Test func `doubles with each of fifty diamonds in a row, visiting each once`() {
        var sum = Tensor([0x1p-50]).tracked(as: 0)
        for _ in 0..<50 { sum = sum + sum }
        #expect(sum.squaredError([0]).gradients().dense[0]?.values == [0x1p51])
    }

    @Test func `adds up a leaf that is tracked at several places`() {
        let sum = x.tracked(as: 4) + 3 * x.tracked(as: 4)
        #expect(sum.squaredError([0]).gradients().dense[4]?.values == [96])
    }

    @Test func `stops where a value is detached`() {
        let x = x.tracked(as: 0)
        let sum = 2 * x + (5 * x).detached
        #expect(sum.squaredError([0]).gradients().dense[0]?.values == [84])
        #expect(sum.detached.squaredError([0]).gradients().dense.isEmpty)
    }

    @Test func `gives a tracked scalar the gradient one, an untracked one none`() {
        #expect(x.tracked(as: 7).gradients().dense[7]?.values == [1])
        #expect(x.gradients().dense.isEmpty)
    }

    @Test func `can run again, with the same gradients`() {
        let loss = (2 * x.tracked(as: 0)).squaredError([0])
        #expect(loss.gradients().dense[0]?.values == [24])
        #expect(loss.gradients().dense[0]?.values == [24])
    }

    @Test func `does not see later changes of what it read`() {
        var weight = Tensor([3], rows: 1, columns: 1)
        let input = Tensor([5], rows: 1, columns: 1).tracked(as: 0)
        let loss = input.affine(weight, Tensor([0])).squaredError([0])
        weight.withMutableValues { $0[0] = 100 }
        #expect(loss.gradients().dense[0]?.values == [90])
    }

    @Test func `runs a thousand layers deep`() {
        var sum = x.tracked(as: 0)
        for _ in 0..<1000 { sum = 1 * sum }
        #expect(sum.squaredError([0]).gradients().dense[0]?.values == [6])
    }

    @Test func `sums the parts of a batch in either kind of gradient`() {
        func gradients(_ word: Int32) -> Gradients {
            let table = WeightMatrix.float32(Tensor([1, 2, 3], rows: 3, columns: 1).tracked(as: 0))
            let sum = embeddingSum([TableReading([word], of: table)])
            return sum.affine(Tensor([1], rows: 1, columns: 1).tracked(as: 1), Tensor([0]))
                .squaredError([0]).gradients()
        }
        var sum = Gradients()
        for word in [Int32(2), 0, 2] { sum.add(gradients(word)) }
        #expect(sum.values(of: 0, count: 3) == [2, 0, 12])
        #expect(sum.dense[1]?.values == [2 * (9 + 1 + 9)])
    }
}
