import OfframpTensor
import TestModels
import Testing

@Suite struct GradientTests {
    @Test(arguments: GradientCase.all)
    func `equal finite differences`(_ operation: GradientCase) {
        let inputs = operation.inputs
        let loss = SquaredDistance()
        let tracked = inputs.enumerated().map { $1.tracked(as: $0) }
        let gradients = loss.recorded(operation.operation(tracked)).gradients()
        for (leaf, input) in inputs.enumerated() {
            let gradient = gradients.values(of: leaf, count: input.shape.count)
            for element in 0..<input.shape.count {
                let expected = slope(at: input, element) { moved in
                    var inputs = inputs
                    inputs[leaf] = moved
                    return loss.exact(operation.operation(inputs))
                }
                let difference = abs(Double(gradient[element]) - expected)
                #expect(
                    difference < 1e-3 * max(1, abs(expected)), "input \(leaf), element \(element)")
            }
        }
    }

    @Test(arguments: GradientCase.all)
    func `are recorded only for what is tracked`(_ operation: GradientCase) {
        let inputs = operation.inputs
        #expect(SquaredDistance().recorded(operation.operation(inputs)).gradients().leaves == [])
        for leaf in inputs.indices {
            var inputs = inputs
            inputs[leaf] = inputs[leaf].tracked(as: leaf)
            let gradients = SquaredDistance().recorded(operation.operation(inputs)).gradients()
            #expect(gradients.leaves == [leaf])
        }
    }

    @Test(arguments: GradientCase.all)
    func `do not change the result`(_ operation: GradientCase) {
        let inputs = operation.inputs
        let tracked = operation.operation(inputs.enumerated().map { $1.tracked(as: $0) })
        #expect(tracked.values == operation.operation(inputs).values)
    }

    @Test(arguments: [Float(0), 0.25, 1, -2])
    func `are scaled on their way back, the value is not`(_ factor: Float) {
        let x = Tensor([1, -2, 3]).tracked(as: 0)
        let scaled = x.scalingGradient(by: factor)
        #expect(scaled.values == x.values)
        let plain = x.squaredError([0, 0, 1]).gradients().values(of: 0, count: 3)
        let gradients = scaled.squaredError([0, 0, 1]).gradients()
        #expect(gradients.values(of: 0, count: 3) == plain.map { factor * $0 })
        #expect(gradients.leaves == (factor == 0 ? [] : [0]))
    }
}

extension Gradients {
    /// The leaves that have a gradient of either kind.
    fileprivate var leaves: Set<Int> { Set(dense.keys).union(rows.keys) }
}
