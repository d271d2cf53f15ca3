import COfframpKernels
import Testing

@Suite struct GemmTests {
    static let sizes = [
        (0, 3, 2), (3, 2, 0), (1, 1, 1), (2, 33, 17), (14, 32, 16), (15, 31, 513), (230, 70, 40),
        (29, 65, 1030),
    ].map { GemmSize(m: $0.0, n: $0.1, k: $0.2) }

    @Test(
        "Every transpose, path and way to end gives the product of a plain loop", arguments: sizes)
    func product(size: GemmSize) {
        for path in MatrixReference.paths {
            for choice in 0..<8 {
                let product = GemmCase(size, choice)
                #expect(MatrixReference.relativeError(product.run(path), product.expected()) < 2e-5)
            }
        }
    }

    @Test("What lies between the rows of the result is left alone", arguments: sizes)
    func gaps(size: GemmSize) {
        let product = GemmCase(size, 0)
        for path in MatrixReference.paths {
            let rows = product.run(path, keepingGaps: true)
            for index in rows.indices where index % (size.n + 3) >= size.n {
                #expect(rows[index] == product.c[index])
            }
        }
    }

    @Test("An entry is the same to the bit in a product of any height")
    func height() {
        let whole = GemmCase(GemmSize(m: 300, n: 40, k: 600), 2)
        let part = GemmCase(GemmSize(m: 3, n: 40, k: 600), 2)
        for path in MatrixReference.paths {
            #expect(Array(whole.run(path).prefix(3 * 40)) == part.run(path))
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
    let transposeA, transposeB, accumulate: Bool
    let a, b, c: [Float]

    private var lda: Int { (transposeA ? size.m : size.k) + 3 }
    private var ldb: Int { (transposeB ? size.k : size.n) + 3 }
    private var ldc: Int { size.n + 3 }

    /// The bits of `choice` say: a transposed, b transposed, added to c.
    init(_ size: GemmSize, _ choice: Int) {
        self.size = size
        (transposeA, transposeB, accumulate) = (choice & 1 != 0, choice & 2 != 0, choice & 4 != 0)
        let entries = max(size.m, size.k, size.n)
        a = MatrixReference.floats(entries * (entries + 3), seed: 1)
        b = MatrixReference.floats(entries * (entries + 3), seed: 2)
        c = MatrixReference.floats(size.m * (size.n + 3), seed: 3)
    }

    func run(_ path: offramp_path, keepingGaps: Bool = false) -> [Float] {
        var result = c
        offramp_gemm_on_path(
            path, transposeA, transposeB, size.m, size.n, size.k, a, lda, b, ldb, accumulate,
            &result, ldc)
        guard !keepingGaps else { return result }
        return (0..<size.m).flatMap { result[$0 * ldc..<$0 * ldc + size.n] }
    }

    func expected() -> [Double] {
        var result: [Double] = []
        for row in 0..<size.m {
            for column in 0..<size.n {
                var sum = accumulate ? Double(c[row * ldc + column]) : 0
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
