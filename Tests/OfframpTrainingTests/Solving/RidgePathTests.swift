import Glibc
import OfframpExit
import OfframpTensor
import OfframpTraining
import TestFiles
import TestModels
import Testing

@Suite struct RidgePathTests {
    private static let folds = 5

    /// A solved problem and what its map says of all texts, in their order.
    private static func solved(
        _ inputs: Tensor, _ targets: Targets, outputs: Int,
        penalties: [Float] = RidgePath.penalties, workers: Int = 2
    ) throws -> (path: RidgePath, logits: [Float]) {
        let workers = Workers(count: workers)
        let order = Folds(texts: targets.count, count: folds, seed: 3)
        let matrix = DesignMatrix(
            rows: targets.count, inputs: inputs.columns, workers: workers,
            emphasis: Array(repeating: 1, count: inputs.columns)
        ) { rows, place, stride in
            for (index, row) in rows.enumerated() {
                let text = inputs.pointer + order.order[row] * inputs.columns
                (place + index * stride).update(from: text, count: inputs.columns)
            }
        }
        let problem = LinearProblem(
            matrix, order, targets, outputs: outputs, try OpenBLAS.load(), workers)
        let path = RidgePath(problem, penalties: penalties, workers: workers) {
            Double(targets.gathering($0.texts).loss($0.heldOutLogits).scalar)
        }
        var logits = [Float](repeating: 0, count: targets.count * outputs)
        for (row, text) in order.order.enumerated() {
            let values = matrix.values.row(row)
            for output in 0..<outputs {
                let start = output * values.count
                let products = values.indices.map { values[$0] * path.weights[start + $0] }
                logits[text * outputs + output] = products.reduce(0, +)
            }
        }
        return (path, logits)
    }

    /// Beside its mean, or as a dead unit beside the others.
    @Test(arguments: [(mean: Float(100), deviation: Float(0.01)), (0, 1e-30)])
    func `a column that hardly varies is left alone`(mean: Float, deviation: Float) {
        var random = RandomSource(seed: 2)
        let inputs = Tensor(
            (0..<200).flatMap { _ in [random.normal(), mean + deviation * random.normal()] },
            rows: 200, columns: 2)
        let matrix = DesignMatrix(
            rows: 200, inputs: 2, workers: Workers(count: 1), emphasis: [1, 1]
        ) { rows, place, stride in
            for (index, row) in rows.enumerated() {
                (place + index * stride).update(from: inputs.pointer + 2 * row, count: 2)
            }
        }
        #expect((0..<200).allSatisfy { matrix.values.row($0)[1] == 0 })
        #expect((0..<200).contains { matrix.values.row($0)[0] > 1 })
    }

    @Test(arguments: ["label", "value"], [1, 3])
    func `finds scikit-learn's optimum, a constant column included`(
        task: String, workers: Int
    ) throws {
        let golden = try SafetensorsFile(path: Fixture.path("training/solver.safetensors"))
        let inputs = Tensor(try golden.values("inputs"), rows: 300, columns: 7)
        let isLabel = task == "label"
        let targets = Targets(
            isLabel
                ? .labels(try golden.values("labels").map { Int($0) })
                : .values(try golden.values("values")))
        let outputs = isLabel ? 3 : 1
        let (path, logits) = try Self.solved(
            inputs, targets, outputs: outputs, penalties: try golden.values("penalty"),
            workers: workers)
        let found = isLabel ? Self.centred(logits, outputs) : logits
        let expected = try golden.values("\(task)_logits")
        #expect(largestDifference(found, expected) < (isLabel ? 0.02 : 2e-3))
        #expect(path.heldOutLogits.shape == .matrix(300, outputs))
    }

    /// The loss is the mean of the labels' own, each a logistic regression; at the optimum its gradient and the
    /// penalty's are opposite.
    @Test(arguments: [1, 3])
    func `finds the optimum where texts have several labels`(workers: Int) throws {
        var random = RandomSource(seed: 4)
        let inputs = Tensor(
            (0..<240 * 5).map { Float($0 % 5 + 1) * random.normal() + 2 }, rows: 240, columns: 5)
        let sets = (0..<240).map { text in
            (0..<3).filter { inputs.row(text)[$0] + 2 * random.normal() > 2 }
        }
        #expect(Set(sets.map(\.count)) == [0, 1, 2, 3])
        let path = try Self.solved(
            inputs, Targets(.labelSets(sets)), outputs: 3, penalties: [0.03], workers: workers
        ).path
        let rows = Self.standardized(inputs)
        let found = Self.gradient(rows, sets, path.weights, penalty: 0.03)
        #expect(found.allSatisfy { abs($0) < 1e-3 }, "\(found)")
        let start = Self.gradient(
            rows, sets, Array(repeating: 0, count: path.weights.count), penalty: 0.03)
        #expect(start.contains { abs($0) > 0.02 }, "\(start)")
        #expect(path.heldOutLogits.shape == .matrix(240, 3))
    }

    /// Inputs with mean 0 and variance 1, and 1 behind them, `[texts][columns]`.
    private static func standardized(_ inputs: Tensor) -> [[Double]] {
        let rows = (0..<inputs.rows).map { inputs.row($0).map { Double($0) } }
        let columns = (0..<inputs.columns).map { column -> [Double] in
            let values = rows.map { $0[column] }
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.map { ($0 - mean) * ($0 - mean) }
            let deviation = (squares.reduce(0, +) / Double(values.count)).squareRoot()
            return values.map { ($0 - mean) / deviation }
        }
        return rows.indices.map { row in columns.map { $0[row] } + [1] }
    }

    /// The gradient of the mean binary cross-entropy and of `½ λ ‖W‖²` without the bias, `[labels, columns]`.
    private static func gradient(
        _ rows: [[Double]], _ sets: [[Int]], _ weights: [Float], penalty: Double
    ) -> [Double] {
        let columns = rows[0].count
        return weights.indices.map { index in
            let (label, column) = index.quotientAndRemainder(dividingBy: columns)
            let own = weights[label * columns..<(label + 1) * columns].map { Double($0) }
            var sum = 0.0
            for (row, labels) in zip(rows, sets) {
                let logit = zip(own, row).reduce(0.0) { $0 + $1.0 * $1.1 }
                let target = labels.contains(label) ? 1.0 : 0
                sum += (1 / (1 + exp(-logit)) - target) * row[column]
            }
            let mean = sum / Double(rows.count * weights.count / columns)
            return column < columns - 1 ? mean + penalty * own[column] : mean
        }
    }

    /// Logits are the same up to a number for each text.
    private static func centred(_ logits: [Float], _ columns: Int) -> [Float] {
        stride(from: 0, to: logits.count, by: columns).flatMap { start in
            let row = logits[start..<start + columns]
            let mean = row.reduce(0, +) / Float(columns)
            return row.map { $0 - mean }
        }
    }

    @Test func `what a text is held out for does not know the text's own target`() throws {
        let inputs = Self.noise(60, 4)
        var labels = (0..<60).map { $0 % 2 }
        let before = try Self.solved(
            inputs, Targets(.labels(labels)), outputs: 2, penalties: [0.01])
        labels[17] = 1 - labels[17]
        let after = try Self.solved(
            inputs, Targets(.labels(labels)), outputs: 2, penalties: [0.01])
        let differences = (0..<60).map {
            largestDifference(before.path.heldOutLogits.row($0), after.path.heldOutLogits.row($0))
        }
        #expect(differences[17] < 0.01)
        #expect((differences.max() ?? 0) > 0.05)
    }

    /// Of 4,000 texts three folds are enough to choose by; the others are held out all the same. Two columns tell
    /// the label; with 800 of noise and hardly a penalty a fit knows the noise of its own texts by heart.
    @Test func `all texts are held out, whatever the penalty is chosen on`() throws {
        var random = RandomSource(seed: 5)
        let labels = (0..<4000).map { $0 % 2 }
        let inputs = Tensor(
            labels.flatMap { label in
                (0..<802).map { ($0 < 2 ? Float(label) - 0.5 : 0) + random.normal() }
            }, rows: 4000, columns: 802)
        let (path, logits) = try Self.solved(
            inputs, Targets(.labels(labels)), outputs: 2, penalties: [1e-4])
        let order = Folds(texts: 4000, count: Self.folds, seed: 3).order
        func accuracy(_ logits: [Float], _ texts: some Collection<Int>) -> Double {
            let right = texts.filter { (logits[2 * $0 + 1] > logits[2 * $0]) == (labels[$0] == 1) }
            return Double(right.count) / Double(texts.count)
        }
        let (first, last) = (order.prefix(800), order.suffix(800))
        let heldOut = path.heldOutLogits.values
        #expect(accuracy(logits, first) > 0.8 && accuracy(logits, last) > 0.8)
        // The two columns alone would give 0.76.
        #expect((0.6..<0.76).contains(accuracy(heldOut, first)), "\(accuracy(heldOut, first))")
        #expect((0.6..<0.76).contains(accuracy(heldOut, last)), "\(accuracy(heldOut, last))")
    }

    @Test func `noise is answered with the shares of the labels`() throws {
        let labels = (0..<200).map { $0 % 4 == 0 ? 0 : 1 }
        let (path, logits) = try Self.solved(
            Self.noise(200, 30), Targets(.labels(labels)), outputs: 2)
        #expect(path.penalty >= 1)
        for text in 0..<200 {
            #expect(abs(logits[2 * text + 1] - logits[2 * text] - 1.0986) < 0.5)
        }
    }

    /// One label alone, a label with a single text, equal texts, fewer texts than columns.
    @Test(arguments: [
        ("one label", [Int](repeating: 1, count: 8), false),
        ("a single text", [0, 1, 1, 1, 1, 1, 1, 1], false),
        ("equal texts", [0, 1, 0, 1, 0, 1, 1, 1], true),
        ("two texts", [0, 1], false),
    ])
    func `data that tells little is solved all the same`(
        name: String, labels: [Int], areEqual: Bool
    ) throws {
        let inputs =
            areEqual
            ? Tensor(.matrix(labels.count, 20), repeating: 0.1) : Self.noise(labels.count, 20)
        let (path, logits) = try Self.solved(inputs, Targets(.labels(labels)), outputs: 2)
        #expect(path.weights.allSatisfy { $0.isFinite }, "\(name)")
        #expect(logits.allSatisfy { $0.isFinite }, "\(name)")
        let values = try Self.solved(
            inputs, Targets(.values(labels.map { Float($0) })), outputs: 1)
        #expect(values.logits.allSatisfy { $0.isFinite }, "\(name)")
    }

    private static func noise(_ rows: Int, _ columns: Int) -> Tensor {
        var random = RandomSource(seed: 11)
        return Tensor(
            (0..<rows * columns).map { _ in random.normal() }, rows: rows, columns: columns)
    }
}
