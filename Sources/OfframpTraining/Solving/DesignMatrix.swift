import OfframpExit
import OfframpTensor

/// What the linear map of an exit reads of many texts: every column with mean 0 and variance 1, and a
/// last column of ones for the bias.
///
/// The rows stand in an order of their own, so that each fold of the cross-validation is one range.
package struct DesignMatrix: Sendable {
    /// `[texts, columns]`.
    package let values: Tensor
    /// What the columns were before, without the column of ones.
    let standardization: Standardization

    /// The number of texts.
    package var rows: Int { values.rows }
    /// The number of inputs, and one for the bias.
    package var columns: Int { values.columns }

    /// Standardises inputs.
    ///
    /// - Parameters:
    ///   - rows: the number of texts.
    ///   - inputs: the columns that are read.
    ///   - emphasis: what a column is multiplied by after it was standardised: it weighs as much less
    ///     in the penalty.
    ///   - read: writes the inputs of some rows, a stride apart; called from any worker.
    package init(
        rows: Int, inputs: Int, workers: Workers, emphasis: [Float],
        _ read:
            @escaping @Sendable (
                _ rows: Range<Int>, _ place: UnsafeMutablePointer<Float>, _ stride: Int
            ) -> Void
    ) {
        precondition(emphasis.count == inputs, "a factor for each column")
        var matrix = Tensor(unset: .matrix(rows, inputs + 1))
        let start = SharedPointer(matrix.exclusivePointer())
        let chunks = Self.chunks(of: rows)
        let sums = workers.map(chunks.count) { chunk in
            let rows = chunks[chunk]
            read(rows, start.pointer + rows.lowerBound * (inputs + 1), inputs + 1)
            for row in rows { start.pointer[row * (inputs + 1) + inputs] = 1 }
            return ColumnSums(start.pointer, chunks[chunk], columns: inputs + 1)
        }
        let means = sums.total { $0.sums }.map { $0 / Double(max(rows, 1)) }
        let squares = workers.map(chunks.count) { chunk in
            ColumnSums(start.pointer, chunks[chunk], around: means).sums
        }
        let variances = squares.total { $0 }.map { $0 / Double(max(rows, 1)) }
        let standardization = Standardization(
            means: means.dropLast(), variances: variances.dropLast(), emphasis: emphasis)
        _ = workers.map(chunks.count) { chunk in
            for row in chunks[chunk] {
                standardization.apply(to: start.pointer + row * (inputs + 1))
            }
        }
        values = matrix
        self.standardization = standardization
    }

    /// Sums are added up chunk by chunk, whatever the number of workers.
    private static func chunks(of rows: Int) -> [Range<Int>] {
        stride(from: 0, to: rows, by: 1024).map { $0..<min($0 + 1024, rows) }
    }
}

/// Each column's mean, and the factor that gives it variance 1.
struct Standardization: Sendable {
    let means: [Double]
    /// 0 for a column that does not vary.
    let factors: [Double]

    /// The same, as heads take it.
    var scaling: FeatureScaling { FeatureScaling(means: means, factors: factors) }

    /// A column whose deviation is below this share of its mean holds what the states were rounded to, and
    /// would need a weight and a bias that no short format can store.
    private static let leastShare = 1e-3
    /// The same of one whose deviation is so small beside the columns' usual one, their root mean square: some
    /// backbones have dead units, whose states are 0 but for 1e-30.
    private static let leastOfUsual = 1e-4

    init(
        means: ArraySlice<Double>, variances: ArraySlice<Double>, emphasis: [Float]
    ) {
        self.means = Array(means)
        let usual = (variances.reduce(0, +) / Double(max(variances.count, 1))).squareRoot()
        let least = Self.leastOfUsual * usual
        factors = zip(zip(means, variances), emphasis).map { column, emphasis in
            let (mean, variance) = column
            let deviation = variance.squareRoot()
            return deviation > max(Self.leastShare * abs(mean), least)
                ? Double(emphasis) / deviation : 0
        }
    }

    /// Whether all columns are numbers.
    var isFinite: Bool { means.allSatisfy(\.isFinite) && factors.allSatisfy(\.isFinite) }

    fileprivate func apply(to row: UnsafeMutablePointer<Float>) {
        for column in means.indices {
            row[column] = Float((Double(row[column]) - means[column]) * factors[column])
        }
    }
}

/// The sums of columns over some rows, in doubles.
private struct ColumnSums {
    private(set) var sums: [Double]

    init(_ values: UnsafePointer<Float>, _ rows: Range<Int>, columns: Int) {
        sums = Array(repeating: 0, count: columns)
        for row in rows {
            let row = values + row * columns
            for column in 0..<columns { sums[column] += Double(row[column]) }
        }
    }

    /// Of squared distances from the means.
    init(_ values: UnsafePointer<Float>, _ rows: Range<Int>, around means: [Double]) {
        sums = Array(repeating: 0, count: means.count)
        for row in rows {
            let row = values + row * means.count
            for column in means.indices {
                let difference = Double(row[column]) - means[column]
                sums[column] += difference * difference
            }
        }
    }
}

extension Array {
    /// The sum of vectors, in their order.
    fileprivate func total(_ vector: (Element) -> [Double]) -> [Double] {
        guard var sum = first.map(vector) else { return [] }
        for element in dropFirst() {
            for (index, value) in vector(element).enumerated() { sum[index] += value }
        }
        return sum
    }
}
