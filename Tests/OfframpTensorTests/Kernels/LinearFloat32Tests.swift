import COfframpKernels
import Testing

@Suite struct LinearFloat32Tests {
    @Test("Every path gives the product of a plain loop", arguments: LinearSize.all)
    func product(size: LinearSize) {
        let layer = FloatLayer(size, factor: 1)
        for path in MatrixReference.paths {
            for bias in [layer.bias, nil] {
                let found = layer.run(path, OFFRAMP_IDENTITY, bias: bias)
                #expect(layer.error(found, OFFRAMP_IDENTITY, bias: bias) < 2e-6)
            }
        }
    }

    @Test("Activations are applied to the biased sum", arguments: LinearSize.all)
    func activations(size: LinearSize) {
        let layer = FloatLayer(size, factor: 0.5)
        for path in MatrixReference.paths {
            for kind in MatrixReference.activations {
                let found = layer.run(path, kind, bias: layer.bias)
                #expect(layer.error(found, kind, bias: layer.bias) < 3e-6)
            }
        }
    }

    @Test("A row's result is the same to the bit alone and among others")
    func batching() throws {
        let layer = FloatLayer(try #require(LinearSize.all.last), factor: 1)
        let (inputs, outputs) = (layer.size.inputs, layer.size.outputs)
        for path in MatrixReference.paths {
            let together = layer.run(path, OFFRAMP_GELU, bias: layer.bias)
            for row in 0..<layer.size.rows {
                let x = Array(layer.x[row * inputs..<(row + 1) * inputs])
                let alone = layer.run(path, OFFRAMP_GELU, bias: layer.bias, x: x)
                #expect(alone == Array(together[row * outputs..<(row + 1) * outputs]))
            }
        }
    }

    @Test("Huge and tiny values keep their precision", arguments: [Float(1e-18), 1e18])
    func magnitudes(factor: Float) throws {
        let layer = FloatLayer(try #require(LinearSize.all.last), factor: factor)
        for path in MatrixReference.paths {
            let found = layer.run(path, OFFRAMP_IDENTITY, bias: nil)
            #expect(layer.error(found, OFFRAMP_IDENTITY, bias: nil) < 2e-6)
        }
    }

    @Test("Not a number stays within its row")
    func notANumber() throws {
        let layer = FloatLayer(try #require(LinearSize.all.last), factor: 1)
        var x = layer.x
        x[layer.size.inputs] = .nan
        for path in MatrixReference.paths {
            let found = layer.run(path, OFFRAMP_GELU, bias: layer.bias, x: x)
            let rows = found.indices.filter { found[$0].isNaN }.map { $0 / layer.size.outputs }
            #expect(Set(rows) == [1])
        }
    }
}

/// A linear layer with repeatable weights and its input.
private struct FloatLayer {
    let size: LinearSize
    let x, weight, bias, packed: [Float]

    init(_ size: LinearSize, factor: Float) {
        self.size = size
        x = MatrixReference.floats(size.rows * size.inputs, seed: 1, factor: factor)
        let weight = MatrixReference.floats(size.outputs * size.inputs, seed: 2, factor: factor)
        bias = MatrixReference.floats(size.outputs, seed: 3, factor: factor)
        var packed = [Float](
            repeating: .nan,
            count: offramp_linear_float32_packed_count(size.outputs, size.inputs))
        offramp_linear_float32_pack(size.outputs, size.inputs, weight, &packed)
        (self.weight, self.packed) = (weight, packed)
    }

    func run(
        _ path: offramp_path, _ kind: offramp_activation, bias: [Float]?, x: [Float]? = nil
    ) -> [Float] {
        let x = x ?? self.x
        let rows = x.count / size.inputs
        var y = [Float](repeating: .nan, count: rows * size.outputs)
        if let bias {
            offramp_linear_float32(
                path, kind, rows, size.outputs, size.inputs, x, packed, bias, &y)
        } else {
            offramp_linear_float32(
                path, kind, rows, size.outputs, size.inputs, x, packed, nil, &y)
        }
        return y
    }

    func error(_ found: [Float], _ kind: offramp_activation, bias: [Float]?) -> Double {
        let expected = MatrixReference.product(
            x.map(Double.init), weight.map(Double.init), rows: size.rows, outputs: size.outputs,
            inputs: size.inputs)
        return MatrixReference.relativeError(
            found,
            expected.enumerated().map { index, sum in
                let added = bias.map { Double($0[index % size.outputs]) } ?? 0
                return MatrixReference.activation(kind, sum + added)
            })
    }
}
