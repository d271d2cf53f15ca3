import COpenBLAS
import OfframpFiles

/// Dense linear algebra in floats. A call runs on the thread that makes it: the project's own workers
/// share the work, so that sums have one order.
package struct OpenBLAS: Sendable {
    private let functions: openblas_functions

    /// The library, loaded when it is first wanted.
    ///
    /// - Throws: `OfframpError` (`noInput`) where it is not installed.
    package static func load() throws -> OpenBLAS { try loaded.get() }

    private static let loaded = Result { () throws(OfframpError) in
        var functions = openblas_functions()
        if let reason = openblas_load(&functions) {
            throw OfframpError(
                .noInput, at: "OpenBLAS", found: String(cString: reason),
                expected: "the library of Debian's libopenblas-dev")
        }
        functions.set_num_threads(1)
        return OpenBLAS(functions: functions)
    }
}

// MARK: - Products

extension OpenBLAS {
    /// `a bᵀ` of two row-major matrices.
    ///
    /// - Parameters:
    ///   - a: `[rows, depth]`.
    ///   - b: `[columns, depth]`.
    ///   - result: `[rows, columns]`.
    func multiply(
        _ a: UnsafePointer<Float>, rows: Int, byTransposed b: UnsafePointer<Float>, columns: Int,
        depth: Int, into result: UnsafeMutablePointer<Float>
    ) {
        functions.sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(columns), Int32(depth), 1,
            a, Int32(depth), b, Int32(depth), 0, result, Int32(columns))
    }

    /// Adds `aᵀ b` of two row-major matrices.
    ///
    /// - Parameters:
    ///   - a: `[depth, rows]`.
    ///   - b: `[depth, columns]`.
    ///   - result: `[rows, columns]`.
    func addTransposed(
        _ a: UnsafePointer<Float>, rows: Int, times b: UnsafePointer<Float>, columns: Int,
        depth: Int, to result: UnsafeMutablePointer<Float>
    ) {
        functions.sgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(depth), 1,
            a, Int32(rows), b, Int32(columns), 1, result, Int32(columns))
    }

    /// Adds the upper triangle of `xᵀ x` of a row-major matrix.
    ///
    /// - Parameters:
    ///   - x: `[rows, columns]`.
    ///   - result: `[columns, columns]`; what lies below its diagonal is left as it is.
    func addGram(
        of x: UnsafePointer<Float>, rows: Int, columns: Int,
        to result: UnsafeMutablePointer<Float>
    ) {
        functions.ssyrk(
            CblasRowMajor, CblasUpper, CblasTrans, Int32(columns), Int32(rows), 1, x,
            Int32(columns), 1, result, Int32(columns))
    }
}

// MARK: - Factorisation

/// The Cholesky factor of a symmetric positive definite matrix.
struct CholeskyFactor: Sendable {
    private let blas: OpenBLAS
    /// LAPACK stores by columns, so the upper triangle of rows is its lower one.
    private let factor: [Float]
    private let order: Int

    private static let triangle = CChar(UInt8(ascii: "L"))

    /// Factors the upper triangle of a row-major matrix; `nil` where it is not positive definite.
    init?(_ matrix: [Float], order: Int, _ blas: OpenBLAS) {
        precondition(matrix.count == order * order, "a square matrix")
        var (factor, size, status) = (matrix, Int32(order), Int32(0))
        var triangle = Self.triangle
        blas.factor(&triangle, &size, &factor, &status)
        guard status == 0 else { return nil }
        self.blas = blas
        self.factor = factor
        self.order = order
    }

    /// Solves for every row of `[rows, order]`.
    func solved(_ rows: [Float]) -> [Float] {
        var (values, size, count) = (rows, Int32(order), Int32(rows.count / order))
        var (triangle, status) = (Self.triangle, Int32(0))
        blas.solve(&triangle, &size, &count, factor, &values, &status)
        precondition(status == 0, "LAPACK was called wrongly")
        return values
    }
}

extension OpenBLAS {
    fileprivate func factor(
        _ triangle: UnsafePointer<CChar>, _ order: UnsafePointer<Int32>,
        _ matrix: UnsafeMutablePointer<Float>, _ status: UnsafeMutablePointer<Int32>
    ) {
        functions.spotrf(triangle, order, matrix, order, status)
    }

    fileprivate func solve(
        _ triangle: UnsafePointer<CChar>, _ order: UnsafePointer<Int32>,
        _ count: UnsafePointer<Int32>, _ factor: UnsafePointer<Float>,
        _ values: UnsafeMutablePointer<Float>, _ status: UnsafeMutablePointer<Int32>
    ) {
        functions.spotrs(triangle, order, count, factor, order, values, order, status)
    }
}
