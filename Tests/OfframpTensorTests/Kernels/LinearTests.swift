import COfframpKernels
import Testing

/// Products of float32 and of bfloat16 with packed weights.
@Suite struct LinearTests {
    static let formats = [OFFRAMP_PRODUCT_FLOAT32, OFFRAMP_PRODUCT_BFLOAT16]

    @Test(arguments: LinearSize.all)
    func `every path gives the product of a plain loop`(size: LinearSize) {
        for layer in Self.formats.map({ LinearLayer(size, $0, factor: 1) }) {
            for path in MatrixReference.paths {
                for bias in [layer.bias, nil] {
                    let found = layer.run(path, OFFRAMP_IDENTITY, bias: bias)
                    #expect(layer.error(found, OFFRAMP_IDENTITY, bias: bias) < 2e-6)
                }
            }
        }
    }

    @Test(arguments: LinearSize.all)
    func `activations are applied to the biased sum`(size: LinearSize) {
        for layer in Self.formats.map({ LinearLayer(size, $0, factor: 0.5) }) {
            for path in MatrixReference.paths {
                for kind in MatrixReference.activations {
                    let found = layer.run(path, kind, bias: layer.bias)
                    #expect(layer.error(found, kind, bias: layer.bias) < 3e-6)
                }
            }
        }
    }

    @Test(arguments: formats)
    func `a row's result is the same to the bit alone and among others`(
        format: offramp_product_format
    ) throws {
        let layer = LinearLayer(try #require(LinearSize.all.last), format, factor: 1)
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

    @Test(arguments: [Float(1e-18), 1e18])
    func `huge and tiny values keep their precision`(factor: Float) throws {
        let size = try #require(LinearSize.all.last)
        for layer in Self.formats.map({ LinearLayer(size, $0, factor: factor) }) {
            for path in MatrixReference.paths {
                let found = layer.run(path, OFFRAMP_IDENTITY, bias: nil)
                #expect(layer.error(found, OFFRAMP_IDENTITY, bias: nil) < 2e-6)
            }
        }
    }

    @Test(arguments: formats)
    func `NaN stays within its row`(format: offramp_product_format) throws {
        let layer = LinearLayer(try #require(LinearSize.all.last), format, factor: 1)
        var x = layer.x
        x[layer.size.inputs] = .nan
        for path in MatrixReference.paths {
            let found = layer.run(path, OFFRAMP_GELU, bias: layer.bias, x: x)
            let rows = found.indices.filter { found[$0].isNaN }.map { $0 / layer.size.outputs }
            #expect(Set(rows) == [1])
        }
    }
}

/// A linear layer with repeatable weights and its input, all exact in its format.
private struct LinearLayer {
    let size: LinearSize
    let format: offramp_product_format
    let x, weight, bias: [Float]

    init(_ size: LinearSize, _ format: offramp_product_format, factor: Float) {
        (self.size, self.format) = (size, format)
        let mask: UInt32 = format == OFFRAMP_PRODUCT_BFLOAT16 ? 0xFFFF_0000 : ~0
        func exact(_ count: Int, seed: UInt64) -> [Float] {
            MatrixReference.floats(count, seed: seed, factor: factor).map {
                Float(bitPattern: $0.bitPattern & mask)
            }
        }
        x = exact(size.rows * size.inputs, seed: 1)
        weight = exact(size.outputs * size.inputs, seed: 2)
        bias = MatrixReference.floats(size.outputs, seed: 3, factor: factor)
    }

    func run(
        _ path: offramp_path, _ kind: offramp_activation, bias: [Float]?, x: [Float]? = nil
    ) -> [Float] {
        let x = x ?? self.x
        let rows = x.count / size.inputs
        var y = [Float](repeating: .nan, count: rows * size.outputs)
        withUnsafeTemporaryAllocation(
            byteCount: offramp_linear_packed_bytes(format, size.outputs, size.inputs),
            alignment: 64
        ) { packed in
            offramp_linear_pack(
                path, format, size.outputs, size.inputs, weight, packed.baseAddress)
            withInput(x, rows) { input in
                func multiply(_ bias: UnsafePointer<Float>?) {
                    offramp_linear(
                        path, format, kind, rows, size.outputs, size.inputs, input,
                        packed.baseAddress, bias, &y)
                }
                if let bias { multiply(bias) } else { multiply(nil) }
            }
        }
        return y
    }

    /// The rows in the form that products of this format read.
    private func withInput(_ x: [Float], _ rows: Int, _ body: (UnsafeRawPointer?) -> Void) {
        guard format == OFFRAMP_PRODUCT_BFLOAT16 else {
            return x.withUnsafeBytes { body($0.baseAddress) }
        }
        let stride = offramp_bfloat16_stride(size.inputs)
        var rounded = [UInt16](repeating: 99, count: rows * stride)
        offramp_round_rows(rows, size.inputs, x, &rounded)
        rounded.withUnsafeBytes { body($0.baseAddress) }
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
