import COfframpKernels
import Testing

@Suite struct LinearInt8Tests {
    @Test(arguments: LinearSize.all)
    func `every path gives the exact sums of a plain loop`(size: LinearSize) {
        for layer in [CodeLayer.random(size), .extreme(size)] {
            for path in MatrixReference.paths {
                #expect(layer.run(path, OFFRAMP_IDENTITY) == layer.sums())
            }
        }
    }

    @Test(arguments: LinearSize.all)
    func `Scales, bias and activation are applied to the sums`(size: LinearSize) {
        var layer = CodeLayer.random(size)
        layer.x.scales = MatrixReference.floats(size.rows, seed: 5, factor: 0.01)
        layer.scales = MatrixReference.floats(size.outputs, seed: 6, factor: 0.01)
        layer.bias = MatrixReference.floats(size.outputs, seed: 7)
        for path in MatrixReference.paths {
            for kind in MatrixReference.activations {
                let error = MatrixReference.largestError(
                    layer.run(path, kind), layer.expected(kind))
                #expect(error < (kind == OFFRAMP_GELU ? 2.1e-4 : 5e-6))
            }
        }
    }

    @Test func `a row's result is the same to the bit alone and among others`() throws {
        let size = try #require(LinearSize.all.last)
        let x = MatrixReference.floats(size.rows * size.inputs, seed: 8)
        for path in MatrixReference.paths {
            var layer = CodeLayer.random(size)
            layer.x = QuantizedRows(x, width: size.inputs, path: path)
            let together = layer.run(path, OFFRAMP_GELU)
            for row in 0..<size.rows {
                let values = Array(x[row * size.inputs..<(row + 1) * size.inputs])
                layer.x = QuantizedRows(values, width: size.inputs, path: path)
                let expected = together[row * size.outputs..<(row + 1) * size.outputs]
                #expect(layer.run(path, OFFRAMP_GELU) == Array(expected))
            }
        }
    }

    @Test(arguments: [Float.nan, .infinity])
    func `NaN and infinity stay within their row`(value: Float) throws {
        let size = try #require(LinearSize.all.last)
        var x = MatrixReference.floats(size.rows * size.inputs, seed: 8)
        x[size.inputs] = value
        for path in MatrixReference.paths {
            var layer = CodeLayer.random(size)
            layer.x = QuantizedRows(x, width: size.inputs, path: path)
            let found = layer.run(path, OFFRAMP_IDENTITY)
            let rows = found.indices.filter { found[$0].isNaN }.map { $0 / size.outputs }
            #expect(rows == [Int](repeating: 1, count: size.outputs))
        }
    }
}

/// A layer of 8-bit weights and rows of codes for it.
private struct CodeLayer {
    let size: LinearSize
    var x: QuantizedRows
    let weight: [Int8]
    let packed: [UInt8]
    var scales: [Float]
    var bias: [Float]?

    private init(_ size: LinearSize, codes: [Int8], weight: [Int8]) {
        self.size = size
        x = QuantizedRows(codes: codes, width: size.inputs)
        self.weight = weight
        var packed = [UInt8](
            repeating: 7, count: offramp_linear_int8_packed_bytes(size.outputs, size.inputs))
        offramp_linear_int8_pack(size.outputs, size.inputs, weight, &packed)
        self.packed = packed
        scales = [Float](repeating: 1, count: size.outputs)
    }

    static func random(_ size: LinearSize) -> Self {
        func codes(_ count: Int, _ seed: UInt64) -> [Int8] {
            MatrixReference.floats(count, seed: seed, factor: 127.4).map { Int8($0.rounded()) }
        }
        return Self(
            size, codes: codes(size.rows * size.inputs, 1),
            weight: codes(size.outputs * size.inputs, 2))
    }

    /// The largest products, which overflow 16 bits when two are added as unsigned by signed.
    static func extreme(_ size: LinearSize) -> Self {
        Self(
            size,
            codes: (0..<size.rows * size.inputs).map { $0 / size.inputs % 2 == 0 ? 127 : -127 },
            weight: (0..<size.outputs * size.inputs).map { $0 / size.inputs % 2 == 0 ? 127 : -128 })
    }

    func run(_ path: offramp_path, _ kind: offramp_activation) -> [Float] {
        var y = [Float](repeating: .nan, count: x.rows * size.outputs)
        x.withRows { rows in
            if let bias {
                offramp_linear_int8(
                    path, kind, x.rows, size.outputs, size.inputs, rows, packed, scales, bias, &y)
            } else {
                offramp_linear_int8(
                    path, kind, x.rows, size.outputs, size.inputs, rows, packed, scales, nil, &y)
            }
        }
        return y
    }

    func sums() -> [Float] {
        (0..<size.rows * size.outputs).map { index in
            let (row, output) = (index / size.outputs, index % size.outputs)
            let sum = (0..<size.inputs).reduce(0) {
                $0 + Int(x.code(row, $1)) * Int(weight[output * size.inputs + $1])
            }
            return Float(sum)
        }
    }

    func expected(_ kind: offramp_activation) -> [Double] {
        sums().enumerated().map { index, sum in
            let (row, output) = (index / size.outputs, index % size.outputs)
            let scaled = Double(sum) * Double(x.scales[row]) * Double(scales[output])
            return MatrixReference.activation(kind, scaled + (bias.map { Double($0[output]) } ?? 0))
        }
    }
}
