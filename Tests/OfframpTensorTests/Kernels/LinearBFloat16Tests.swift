import COfframpKernels
import Testing

@Suite struct LinearBFloat16Tests {
    @Test(
        "Floats are rounded to nearest even",
        arguments: [
            (0x3F80_8000, 0x3F80), (0x3F81_8000, 0x3F82), (0x3F80_8001, 0x3F81),
            (0xBF80_7FFF, 0xBF80),
            (0x7F7F_FFFF, 0x7F80), (0x7F80_0000, 0x7F80), (0x7F80_0001, 0x7FC0),
            (0x7FFF_FFFF, 0x7FC0),
            (0, 0), (0x8000_0000, 0x8000), (1, 0),
        ] as [(UInt32, UInt16)])
    func rounding(bits: UInt32, expected: UInt16) {
        let rounded = RoundedRows([Float](repeating: Float(bitPattern: bits), count: 33), width: 33)
        #expect(rounded.entries.prefix(33).allSatisfy { $0 == expected })
        #expect(rounded.entries.dropFirst(33).allSatisfy { $0 == 0 })
    }

    @Test("Every path gives the product of a plain loop", arguments: LinearSize.all)
    func product(size: LinearSize) {
        let layer = RoundedLayer(size)
        let expected = layer.expected()
        for path in MatrixReference.paths {
            for kind in MatrixReference.activations {
                let found = layer.run(path, kind, RoundedRows(layer.x, width: size.inputs))
                let activated = expected.map { MatrixReference.activation(kind, $0) }
                #expect(MatrixReference.relativeError(found, activated) < 1e-5)
            }
        }
    }

    @Test("A row's result is the same to the bit alone and among others")
    func batching() throws {
        let size = try #require(LinearSize.all.last)
        let layer = RoundedLayer(size)
        for path in MatrixReference.paths {
            let together = layer.run(path, OFFRAMP_GELU, RoundedRows(layer.x, width: size.inputs))
            for row in 0..<size.rows {
                let x = Array(layer.x[row * size.inputs..<(row + 1) * size.inputs])
                let alone = layer.run(path, OFFRAMP_GELU, RoundedRows(x, width: size.inputs))
                #expect(alone == Array(together[row * size.outputs..<(row + 1) * size.outputs]))
            }
        }
    }

    @Test("Not a number stays within its row")
    func notANumber() throws {
        let size = try #require(LinearSize.all.last)
        let layer = RoundedLayer(size)
        var x = layer.x
        x[size.inputs] = .nan
        for path in MatrixReference.paths {
            let found = layer.run(path, OFFRAMP_IDENTITY, RoundedRows(x, width: size.inputs))
            let rows = found.indices.filter { found[$0].isNaN }.map { $0 / size.outputs }
            #expect(Set(rows) == [1])
        }
    }
}

private struct RoundedRows {
    let rows: Int
    var entries: [UInt16]

    init(_ x: [Float], width: Int) {
        rows = x.count / width
        entries = [UInt16](repeating: 99, count: rows * offramp_bfloat16_stride(width))
        offramp_round_rows(rows, width, x, &entries)
    }
}

/// A linear layer whose weights a bfloat16 holds exactly.
private struct RoundedLayer {
    let size: LinearSize
    let x, weight, bias: [Float]
    let packed: [UInt16]

    init(_ size: LinearSize) {
        self.size = size
        func exact(_ count: Int, seed: UInt64) -> [Float] {
            MatrixReference.floats(count, seed: seed).map {
                Float(bitPattern: $0.bitPattern & 0xFFFF_0000)
            }
        }
        x = exact(size.rows * size.inputs, seed: 1)
        weight = exact(size.outputs * size.inputs, seed: 2)
        bias = MatrixReference.floats(size.outputs, seed: 3)
        var packed = [UInt16](
            repeating: 99,
            count: offramp_linear_bfloat16_packed_count(size.outputs, size.inputs))
        offramp_linear_bfloat16_pack(size.outputs, size.inputs, weight, &packed)
        self.packed = packed
    }

    func run(_ path: offramp_path, _ kind: offramp_activation, _ x: RoundedRows) -> [Float] {
        var y = [Float](repeating: .nan, count: x.rows * size.outputs)
        offramp_linear_bfloat16(
            path, kind, x.rows, size.outputs, size.inputs, x.entries, packed, bias, &y)
        return y
    }

    func expected() -> [Double] {
        MatrixReference.product(
            x.map(Double.init), weight.map(Double.init), rows: size.rows, outputs: size.outputs,
            inputs: size.inputs
        ).enumerated().map { $1 + Double(bias[$0 % size.outputs]) }
    }
}
