import OfframpTensor
import Testing

@Suite struct TensorTests {
    @Test func `copies share their elements until one is changed`() {
        var original = Tensor([1, 2, 3])
        let copy = original
        #expect(original.address == copy.address)
        original.withMutableValues { $0[1] = 9 }
        #expect(original.values == [1, 9, 3])
        #expect(copy.values == [1, 2, 3])
    }

    @Test func `a tensor that is not shared is changed in place`() {
        var tensor = Tensor([1, 2, 3])
        let address = tensor.address
        tensor.withMutableValues { $0[1] = 9 }
        tensor.add(Tensor([1, 1, 1]), times: -2)
        #expect(tensor.address == address)
        #expect(tensor.values == [-1, 7, 1])
    }

    @Test(arguments: [{ $0.detached }, { $0.tracked(as: 1) }] as [@Sendable (Tensor) -> Tensor])
    func `another view shares the elements and is safe from changes`(
        _ view: @Sendable (Tensor) -> Tensor
    ) {
        var tensor = Tensor([1, 2, 3])
        let seen = view(tensor)
        #expect(seen.address == tensor.address)
        tensor.withMutableValues { $0[0] = 9 }
        #expect(seen.values == [1, 2, 3])
    }

    @Test func `a tensor can be added to itself`() {
        var tensor = Tensor([1, 2, 3])
        tensor.add(tensor, times: 2)
        #expect(tensor.values == [3, 6, 9])
    }

    @Test func `rows and elements are read row by row`() {
        let matrix = Tensor([1, 2, 3, 4, 5, 6], rows: 2, columns: 3)
        #expect(matrix.row(1) == [4, 5, 6])
        #expect(matrix.values == [1, 2, 3, 4, 5, 6])
        #expect(matrix.shape.dimensions == [2, 3])
        #expect(Tensor([7]).scalar == 7)
        #expect(Tensor([1, 2]).shape.dimensions == [2])
    }

    @Test func `softmax and log-softmax hold at the ends of the range`() {
        let logits = Tensor([1000, 0, -1000, -3e38, -3e38, -3e38], rows: 2, columns: 3)
        #expect(logits.softmax().row(0) == [1, 0, 0])
        #expect(logits.logSoftmax().row(0) == [0, -1000, -2000])
        #expect(logits.softmax().row(1).allSatisfy { abs($0 - 1 / 3) < 1e-6 })
        #expect(logits.crossEntropy([2, 0]).scalar.isFinite)
    }

    @Test func `a tensor without rows goes through every operation of a layer`() {
        let none = Tensor([], rows: 0, columns: 6)
        let unit = Tensor(.vector(6), repeating: 1)
        #expect(none.activated(by: .gelu).rows == 0)
        #expect(none.layerNormalized(weight: unit, bias: unit, epsilon: 1e-12).rows == 0)
        #expect((none + none).rows == 0)
        #expect(none.logSoftmax().rows == 0)
        #expect(none.crossEntropy([]).scalar == 0)
    }
}

extension Tensor {
    fileprivate var address: UInt { withValues { UInt(bitPattern: $0.baseAddress) } }
}
