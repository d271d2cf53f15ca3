import COfframpKernels
import Testing

@Suite struct GemmTests {
    static let sizes = [
        (0, 3, 2), (3, 2, 0), (1, 1, 1), (2, 33, 17), (14, 32, 16), (15, 31, 513), (230, 70, 40),
        (29, 65, 1030),
    ].map { GemmSize(m: $0.0, n: $0.1, k: $0.2) }

    @Test(arguments: sizes)
    func `every transpose, path and number of terms gives the sum of a plain loop`(size: GemmSize) {
        for choice in 0..<8 {
            for format in [OFFRAMP_PRODUCT_FLOAT32, OFFRAMP_PRODUCT_BFLOAT16] {
                let product = GemmCase(size, choice, format)
                let expected = product.expected()
                for path in MatrixReference.paths {
                    #expect(MatrixReference.relativeError(product.run(path), expected) < 2e-5)
                }
            }
        }
    }

    @Test(arguments: sizes)
    func `what lies between the rows of the result is left alone`(size: GemmSize) {
        let product = GemmCase(size, 0)
        for path in MatrixReference.paths {
            let rows = product.run(path, keepingGaps: true)
            for index in rows.indices where index % (size.n + 3) >= size.n {
                #expect(rows[index] == product.c[index])
            }
        }
    }

    @Test(arguments: sizes)
    func `a factor that was packed before gives the same bits`(size: GemmSize) {
        for transposed in [0, 2] {
            for format in [OFFRAMP_PRODUCT_FLOAT32, OFFRAMP_PRODUCT_BFLOAT16] {
                let product = GemmCase(size, transposed, format)
                for path in MatrixReference.paths {
                    #expect(product.runPacked(path) == product.run(path))
                }
            }
        }
    }

    @Test func `an entry is the same to the bit in a product of any height`() {
        let whole = GemmCase(GemmSize(m: 300, n: 40, k: 600), 2)
        let part = GemmCase(GemmSize(m: 3, n: 40, k: 600), 2)
        for path in MatrixReference.paths {
            #expect(Array(whole.run(path).prefix(3 * 40)) == part.run(path))
        }
    }

    @Test(arguments: 0..<4)
    func `factors are rounded to the nearest bfloat16, ties to even`(choice: Int) {
        let size = GemmSize(m: 75, n: 75, k: 75)
        let (given, expected) = GemmCase.roundings(count: size.m * size.k)
        for path in MatrixReference.paths {
            #expect(GemmCase(size, choice, a: given).run(path) == expected)
            #expect(GemmCase(size, choice, b: given).run(path) == expected)
        }
    }

    @Test(arguments: 0..<2)
    func `NaN stays NaN, and within its row`(choice: Int) {
        let size = GemmSize(m: 75, n: 75, k: 75)
        var given = [Float](repeating: 1, count: size.m * size.k)
        given[75 + 40] = Float(bitPattern: 0x7FFF_FFFF)
        for path in MatrixReference.paths {
            let found = GemmCase(size, choice, a: given).run(path)
            #expect(Set(found.indices.filter { found[$0].isNaN }.map { $0 / size.n }) == [1])
        }
    }
}

struct GemmSize: CustomTestStringConvertible, Sendable {
    let m, n, k: Int

    var testDescription: String { "\(m) x \(k) times \(k) x \(n)" }
}

/// Operands with three unused entries at the end of each row.
private struct GemmCase {
    let size: GemmSize
    let format: offramp_product_format
    let transposeA, transposeB: Bool
    /// The end of each term of the sum along the depth.
    let ends: [Int]
    let a, b, c: [Float]

    private var lda: Int { (transposeA ? size.m : size.k) + 3 }
    private var ldb: Int { (transposeB ? size.k : size.n) + 3 }
    private var ldc: Int { size.n + 3 }

    /// The bits of `choice` say: a transposed, b transposed, the depth cut into four terms.
    /// Operands that are rounded already keep their value.
    init(
        _ size: GemmSize, _ choice: Int, _ format: offramp_product_format = OFFRAMP_PRODUCT_FLOAT32
    ) {
        self.size = size
        self.format = format
        (transposeA, transposeB) = (choice & 1 != 0, choice & 2 != 0)
        ends = choice & 4 == 0 ? [size.k] : [size.k / 3, size.k / 3, size.k * 6 / 7, size.k]
        let entries = max(size.m, size.k, size.n)
        let mask: UInt32 = format == OFFRAMP_PRODUCT_BFLOAT16 ? 0xFFFF_0000 : ~0
        func floats(seed: UInt64) -> [Float] {
            MatrixReference.floats(entries * (entries + 3), seed: seed).map {
                Float(bitPattern: $0.bitPattern & mask)
            }
        }
        a = floats(seed: 1)
        b = floats(seed: 2)
        c = MatrixReference.floats(size.m * (size.n + 3), seed: 3)
    }

    /// A square matrix times the identity, or the identity times it, in bfloat16.
    init(_ size: GemmSize, _ choice: Int, a: [Float]? = nil, b: [Float]? = nil) {
        self.size = size
        format = OFFRAMP_PRODUCT_BFLOAT16
        (transposeA, transposeB) = (choice & 1 != 0, choice & 2 != 0)
        ends = [size.k]
        func stored(_ matrix: [Float]?, transposed: Bool) -> [Float] {
            (0..<size.m).flatMap { row in
                (0..<size.m).map { column in
                    let place = transposed ? column * size.m + row : row * size.m + column
                    return matrix?[place] ?? (row == column ? 1 : 0)
                } + [9, 9, 9]
            }
        }
        self.a = stored(a, transposed: transposeA)
        self.b = stored(b, transposed: transposeB)
        c = [Float](repeating: 0, count: size.m * (size.n + 3))
    }

    /// Values on, just above and just below the middle between two bfloat16, and their roundings.
    static func roundings(count: Int) -> (given: [Float], expected: [Float]) {
        let cases: [(UInt32, UInt32)] = [
            (0x3F80_8000, 0x3F80_0000), (0x3F81_8000, 0x3F82_0000), (0x3F80_8001, 0x3F81_0000),
            (0xBF80_7FFF, 0xBF80_0000), (0x3FFF_FFFF, 0x4000_0000), (0, 0),
        ]
        let chosen = (0..<count).map { cases[$0 * 7 % 5 + $0 % 2] }
        return (
            chosen.map { Float(bitPattern: $0.0) }, chosen.map { Float(bitPattern: $0.1) }
        )
    }

    func run(_ path: offramp_path, keepingGaps: Bool = false) -> [Float] {
        var result = c
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                let terms = zip([0] + ends, ends).compactMap { first, end in
                    term(first..<end, a.baseAddress, b.baseAddress)
                }
                offramp_gemm(
                    path, format, transposeA, transposeB, size.m, size.n, terms.count, terms,
                    &result, ldc)
            }
        }
        return keepingGaps ? result : withoutGaps(result)
    }

    func runPacked(_ path: offramp_path) -> [Float] {
        var result = c
        let bytes = offramp_gemm_packed_bytes(format, size.n, size.k)
        let packed = UnsafeMutableRawPointer.allocate(byteCount: max(bytes, 1), alignment: 64)
        defer { packed.deallocate() }
        offramp_gemm_pack(path, format, transposeB, size.n, size.k, b, ldb, packed)
        offramp_gemm_packed(path, format, size.m, size.n, size.k, a, lda, packed, &result, ldc)
        return withoutGaps(result)
    }

    private func withoutGaps(_ rows: [Float]) -> [Float] {
        (0..<size.m).flatMap { rows[$0 * ldc..<$0 * ldc + size.n] }
    }

    private func term(
        _ depth: Range<Int>, _ a: UnsafePointer<Float>?, _ b: UnsafePointer<Float>?
    ) -> offramp_gemm_term? {
        guard let a, let b else { return nil }
        return offramp_gemm_term(
            a: a + depth.lowerBound * (transposeA ? lda : 1), lda: lda,
            b: b + depth.lowerBound * (transposeB ? 1 : ldb), ldb: ldb, depth: depth.count)
    }

    func expected() -> [Double] {
        var result: [Double] = []
        for row in 0..<size.m {
            for column in 0..<size.n {
                var sum = 0.0
                for k in 0..<size.k {
                    let left = transposeA ? a[k * lda + row] : a[row * lda + k]
                    let right = transposeB ? b[column * ldb + k] : b[k * ldb + column]
                    sum += Double(left) * Double(right)
                }
                result.append(sum)
            }
        }
        return result
    }
}
