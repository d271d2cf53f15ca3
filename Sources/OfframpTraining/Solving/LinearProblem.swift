import OfframpExit
import OfframpTensor

/// Linear maps fitted to the targets of many texts, with a ridge penalty on all weights but the bias:
/// `loss + ½ λ ‖W‖²`, the loss being the mean over the texts. Convex for every task.
package struct LinearProblem: Sendable {
    /// Weights of one map, and the fold that it does not learn from.
    struct Fit: Sendable {
        /// `[outputs, columns]`, row by row; the last column is the bias.
        var weights: [Float]
        let excludedFold: Int?
    }

    /// The value of the objective and its gradient, `[outputs, columns]`.
    struct Evaluation: Sendable {
        var value: Double
        var gradient: [Float]
    }

    let matrix: DesignMatrix
    let folds: Folds
    let outputs: Int
    /// Of each block of the folds.
    private let targets: [Targets]
    private let blas: OpenBLAS
    private let workers: Workers

    /// Parts of the rows whose sums are added up in order, whatever the number of workers.
    private static let chunks = 16

    /// - Parameter targets: of all texts, in their own order.
    package init(
        _ matrix: DesignMatrix, _ folds: Folds, _ targets: Targets, outputs: Int,
        _ blas: OpenBLAS, _ workers: Workers
    ) {
        self.matrix = matrix
        self.folds = folds
        self.outputs = outputs
        let soft = targets.spelledOut(outputs: outputs)
        self.targets = folds.blocks.map { soft.gathering(Array(folds.order[$0.rows])) }
        self.blas = blas
        self.workers = workers
    }

    /// Evaluates several fits at once, so that the texts are read only once.
    func evaluate(_ fits: [Fit], penalty: Float) -> [Evaluation] {
        let weights = fits.flatMap(\.weights)
        let parts = chunked(Array(folds.blocks.indices), into: Self.chunks)
        let sums = workers.map(parts.count) { part in
            var sum = Sum(fits: fits.count, weights: weights.count)
            for block in parts[part] { add(block, fits, weights, to: &sum) }
            return sum
        }
        guard let total = sums.total else { return [] }
        return fits.indices.map { index in
            let range = index * size..<(index + 1) * size
            var evaluation = Evaluation(
                value: total.values[index], gradient: Array(total.gradient[range]))
            penalize(&evaluation, fits[index].weights, penalty)
            return evaluation
        }
    }

    /// Fits that each leave one fold out, if there is another.
    func fits(without folds: Range<Int>, from weights: [Float]) -> [Fit] {
        folds.map { Fit(weights: weights, excludedFold: self.folds.count > 1 ? $0 : nil) }
    }

    /// What texts get from the fit that has not learned from their fold.
    ///
    /// - Parameter fits: one for each of the first folds, in their order.
    /// - Returns: `[rows, outputs]`, of the rows of these folds.
    func heldOutLogits(_ fits: [Fit]) -> Tensor {
        let blocks = folds.blocks.filter { fits.indices.contains($0.fold) }
        let logits = workers.map(blocks.count) { index in
            let block = blocks[index]
            return self.logits(block.rows, fits[block.fold].weights, columns: outputs).values
        }
        return Tensor(
            Array(logits.joined()), rows: blocks.last?.rows.upperBound ?? 0, columns: outputs)
    }

    /// Weights of one fit.
    var size: Int { outputs * matrix.columns }

    private func add(_ block: Int, _ fits: [Fit], _ weights: [Float], to sum: inout Sum) {
        let rows = folds.blocks[block].rows
        let width = fits.count * outputs
        let logits = logits(rows, weights, columns: width)
        var gradient = Tensor(.matrix(rows.count, width), repeating: 0)
        for (index, fit) in fits.enumerated() where fit.excludedFold != folds.blocks[block].fold {
            let columns = index * outputs..<(index + 1) * outputs
            let share = Float(rows.count) / Float(folds.rows(without: fit.excludedFold))
            let loss = share * targets[block].loss(logits[columns: columns].tracked(as: 0))
            sum.values[index] += Double(loss.scalar)
            guard let own = loss.gradients().dense[0]?.tensor else { continue }
            gradient.withMutableValues { values in
                for row in 0..<rows.count {
                    for output in 0..<outputs {
                        values[row * width + columns.lowerBound + output] =
                            own.pointer[row * outputs + output]
                    }
                }
            }
        }
        sum.gradient.withUnsafeMutableBufferPointer { total in
            guard let total = total.baseAddress else { return }
            blas.addTransposed(
                gradient.pointer, rows: width, times: pointer(to: rows), columns: matrix.columns,
                depth: rows.count, to: total)
        }
    }

    private func logits(_ rows: Range<Int>, _ weights: [Float], columns: Int) -> Tensor {
        Tensor(.matrix(rows.count, columns)) { result in
            blas.multiply(
                pointer(to: rows), rows: rows.count, byTransposed: weights, columns: columns,
                depth: matrix.columns, into: result)
        }
    }

    private func pointer(to rows: Range<Int>) -> UnsafePointer<Float> {
        matrix.values.pointer + rows.lowerBound * matrix.columns
    }

    private func penalize(
        _ evaluation: inout Evaluation, _ weights: [Float], _ penalty: Float
    ) {
        var squares = 0.0
        for index in weights.indices where (index + 1) % matrix.columns != 0 {
            squares += Double(weights[index]) * Double(weights[index])
            evaluation.gradient[index] += penalty * weights[index]
        }
        evaluation.value += Double(penalty) / 2 * squares
    }

    private func chunked(_ blocks: [Int], into count: Int) -> [ArraySlice<Int>] {
        let count = min(count, blocks.count)
        return (0..<count).map {
            blocks[blocks.count * $0 / count..<blocks.count * ($0 + 1) / count]
        }
    }

    fileprivate struct Sum {
        var values: [Double]
        var gradient: [Float]

        init(fits: Int, weights: Int) {
            values = Array(repeating: 0, count: fits)
            gradient = Array(repeating: 0, count: weights)
        }
    }
}

// MARK: - Curvature

extension LinearProblem {
    /// Rows that are enough to know the curvature by: it only says where to look for the optimum.
    private static let sampledBlocks = 32

    /// The normal equations' matrix `mean(h x xᵀ) + λ`, `h` being each text's curvature under some
    /// weights: close to the Hessian of every output.
    ///
    /// - Parameter gram: the matrix of an earlier call, used again where the curvatures are the same.
    func preconditioner(
        at weights: [Float], penalty: Float, reusing gram: inout CurvatureGram?
    ) -> CholeskyFactor {
        let step = max(1, (folds.blocks.count + Self.sampledBlocks - 1) / Self.sampledBlocks)
        let sample = Array(stride(from: 0, to: folds.blocks.count, by: step))
        let curvatures = workers.map(sample.count) { index in
            let block = sample[index]
            return targets[block].rules.curvatures(
                logits(folds.blocks[block].rows, weights, columns: outputs))
        }
        if gram?.curvatures != curvatures {
            gram = CurvatureGram(
                curvatures: curvatures, matrix: weightedGram(sample, curvatures))
        }
        return factor(gram?.matrix ?? [], penalty)
    }

    private func weightedGram(_ blocks: [Int], _ curvatures: [[Float]]) -> [Float] {
        let columns = matrix.columns
        let parts = chunked(Array(blocks.indices), into: 4)
        let grams = workers.map(parts.count) { part in
            var gram = [Float](repeating: 0, count: columns * columns)
            for index in parts[part] {
                let rows = folds.blocks[blocks[index]].rows
                let weighted = Tensor(.matrix(rows.count, columns)) { values in
                    for (row, curvature) in curvatures[index].enumerated() {
                        let factor = curvature.squareRoot()
                        let source = pointer(to: rows) + row * columns
                        for column in 0..<columns {
                            values[row * columns + column] = factor * source[column]
                        }
                    }
                }
                gram.withUnsafeMutableBufferPointer { gram in
                    guard let gram = gram.baseAddress else { return }
                    blas.addGram(of: weighted.pointer, rows: rows.count, columns: columns, to: gram)
                }
            }
            return gram
        }
        let count = Float(max(curvatures.reduce(0) { $0 + $1.count }, 1))
        return (0..<columns * columns).map { index in
            grams.reduce(0) { $0 + $1[index] } / count
        }
    }

    /// Factors the matrix with the penalty on its diagonal, and a little more where rounding made it
    /// indefinite.
    private func factor(_ gram: [Float], _ penalty: Float) -> CholeskyFactor {
        let columns = matrix.columns
        let largest = (0..<columns).reduce(Float(0)) { max($0, gram[$1 * columns + $1]) }
        var slack = max(1e-6 * largest, .leastNormalMagnitude)
        while true {
            var matrix = gram
            for column in 0..<columns {
                matrix[column * columns + column] += slack + (column < columns - 1 ? penalty : 0)
            }
            if let factor = CholeskyFactor(matrix, order: columns, blas) { return factor }
            precondition(slack.isFinite, "curvatures are finite")
            slack *= 10
        }
    }
}

/// A matrix of normal equations, and what it was made for.
struct CurvatureGram: Sendable {
    fileprivate let curvatures: [[Float]]
    fileprivate let matrix: [Float]
}

extension [LinearProblem.Sum] {
    /// All sums together, added in their order.
    fileprivate var total: LinearProblem.Sum? {
        guard var total = first else { return nil }
        for sum in dropFirst() {
            for index in sum.values.indices { total.values[index] += sum.values[index] }
            for index in sum.gradient.indices { total.gradient[index] += sum.gradient[index] }
        }
        return total
    }
}

extension Targets {
    /// The same targets with what is to be learned written out, once for many passes.
    fileprivate func spelledOut(outputs: Int) -> Targets {
        Targets(gold, softened: softened ?? rules.certain(gold, outputCount: outputs))
    }
}
