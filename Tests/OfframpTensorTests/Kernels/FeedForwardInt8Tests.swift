import COfframpKernels
import Testing

@Suite struct FeedForwardInt8Tests {
    @Test(arguments: [0, 1, 55, 56, 57, 113])
    func `one call equals quantise, up, quantise, down, add and normalise`(rows: Int) {
        for (width, inner) in [(48, 200), (100, 36)] {
            let network = FeedForward(width: width, inner: inner)
            let x = MatrixReference.floats(rows * width, seed: 9)
            for path in MatrixReference.paths {
                #expect(network.fused(path, x) == network.stepwise(path, x))
            }
        }
    }

    @Test func `the result may overwrite the input`() {
        let network = FeedForward(width: 48, inner: 200)
        let x = MatrixReference.floats(60 * 48, seed: 9)
        for path in MatrixReference.paths {
            #expect(network.fused(path, x, inPlace: true) == network.fused(path, x))
        }
    }
}

/// Two layers of 8-bit weights and the norm after them.
private struct FeedForward {
    let width, inner: Int
    let up, down: Layer
    let normWeight, normBias: [Float]

    struct Layer {
        let packed: [UInt8]
        let scales, bias: [Float]

        init(outputs: Int, inputs: Int, seed: UInt64) {
            let codes = MatrixReference.floats(outputs * inputs, seed: seed, factor: 127)
                .map { Int8($0.rounded()) }
            var packed = [UInt8](
                repeating: 0, count: offramp_linear_int8_packed_bytes(outputs, inputs))
            offramp_linear_int8_pack(outputs, inputs, codes, &packed)
            self.packed = packed
            scales = MatrixReference.floats(outputs, seed: seed + 1, factor: 0.02)
            bias = MatrixReference.floats(outputs, seed: seed + 2)
        }

        func withWeights<Result>(_ body: (offramp_int8_weights) -> Result) -> Result {
            packed.withUnsafeBufferPointer { packed in
                scales.withUnsafeBufferPointer { scales in
                    bias.withUnsafeBufferPointer { bias in
                        body(
                            offramp_int8_weights(
                                packed: packed.baseAddress, scales: scales.baseAddress,
                                bias: bias.baseAddress))
                    }
                }
            }
        }
    }

    init(width: Int, inner: Int) {
        (self.width, self.inner) = (width, inner)
        up = Layer(outputs: inner, inputs: width, seed: 10)
        down = Layer(outputs: width, inputs: inner, seed: 20)
        normWeight = MatrixReference.floats(width, seed: 30)
        normBias = MatrixReference.floats(width, seed: 31)
    }

    func fused(_ path: offramp_path, _ x: [Float], inPlace: Bool = false) -> [Float] {
        var input = x
        var y = [Float](repeating: .nan, count: x.count)
        let size = offramp_feed_forward_int8_scratch(width, inner)
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 64) { scratch in
            input.withUnsafeMutableBufferPointer { input in
                y.withUnsafeMutableBufferPointer { y in
                    let result = inPlace ? input.baseAddress : y.baseAddress
                    run(path, input, result, scratch.baseAddress)
                }
            }
        }
        return inPlace ? input : y
    }

    private func run(
        _ path: offramp_path, _ x: UnsafeMutableBufferPointer<Float>,
        _ y: UnsafeMutablePointer<Float>?, _ scratch: UnsafeMutableRawPointer?
    ) {
        normWeight.withUnsafeBufferPointer { weight in
            normBias.withUnsafeBufferPointer { bias in
                let norm = offramp_norm(
                    weight: weight.baseAddress, bias: bias.baseAddress, epsilon: 1e-12)
                up.withWeights { up in
                    down.withWeights { down in
                        offramp_feed_forward_int8(
                            path, OFFRAMP_GELU, x.count / width, width, inner, x.baseAddress, up,
                            down, norm, y, scratch)
                    }
                }
            }
        }
    }

    func stepwise(_ path: offramp_path, _ x: [Float]) -> [Float] {
        let raised = apply(path, OFFRAMP_GELU, up, outputs: inner, inputs: width, x)
        let lowered = apply(path, OFFRAMP_IDENTITY, down, outputs: width, inputs: inner, raised)
        var y = lowered
        offramp_add_layer_norm(
            x.count / width, width, lowered, x, normWeight, normBias, 1e-12, &y)
        return y
    }

    private func apply(
        _ path: offramp_path, _ kind: offramp_activation, _ layer: Layer, outputs: Int,
        inputs: Int, _ x: [Float]
    ) -> [Float] {
        let rows = QuantizedRows(x, width: inputs, path: path)
        var y = [Float](repeating: .nan, count: rows.rows * outputs)
        rows.withRows { codes in
            offramp_linear_int8(
                path, kind, rows.rows, outputs, inputs, codes, layer.packed, layer.scales,
                layer.bias, &y)
        }
        return y
    }
}
