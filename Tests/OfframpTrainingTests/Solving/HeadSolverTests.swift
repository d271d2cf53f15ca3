import OfframpEngine
import OfframpExit
import OfframpTensor
import TestFiles
import TestModels
import Testing

@testable import OfframpTraining

@Suite struct HeadSolverTests {
    /// Policies are chosen by what held-out texts get: it must be as good as what new texts will get, not worse.
    @Test func `held-out texts of a chain are answered as well as new ones`() throws {
        let (count, labels) = (800, 40)
        let model = try SmallModel.model(.meanCascade, outputCount: labels)
        let engine = Engine(
            model: model, task: .classification((0..<labels).map { "\($0)" }),
            temperatures: [1, 1, 1])
        let folder = TemporaryFolder()
        let store = try FeatureStore(
            SmallModel.texts(2 * count), model: model, engine: engine, folder: folder.path,
            progress: { _ in })
        let gold = answers(store, 2 * count, labels)
        let trained = try FeatureStore(
            Array(SmallModel.texts(2 * count).prefix(count)), model: model, engine: engine,
            folder: folder.path, progress: { _ in })
        var heads = model.heads
        let solver = HeadSolver(
            store: trained, targets: Targets(.labels(Array(gold.prefix(count)))), seed: 1,
            workers: Workers(count: 2))
        let heldOut = try solver.solve(&heads, exits: [0, 1, 2]) { _ in }
        let new = answers(of: heads, store, count..<2 * count)
        let (old, fresh) = (
            accuracy(heldOut[2], gold.prefix(count)), accuracy(new, gold.suffix(count))
        )
        #expect(fresh > 0.6, "a chain that learns nothing would pass")
        #expect(old > fresh - 0.02, "\(old), \(fresh)")
    }

    @Test func `a signal tells which new texts its exit will miss`() throws {
        let count = 600
        let model = try SmallModel.model(.mean, signal: .own, outputCount: 2)
        let engine = Engine(model: model, task: .classification(["0", "1"]))
        let folder = TemporaryFolder()
        func store(_ texts: Int) throws -> FeatureStore {
            try FeatureStore(
                Array(SmallModel.texts(2 * count).prefix(texts)), model: model, engine: engine,
                folder: folder.path, progress: { _ in })
        }
        let all = try store(2 * count)
        // What one feature says, with as many texts on either side.
        let features = all.features(ofExit: 2, texts: Array(0..<2 * count))
        let values = (0..<2 * count).map { features.row($0)[0] }
        let median = values.sorted()[count]
        let gold = values.map { $0 < median ? 0 : 1 }
        var heads = model.heads
        let solver = HeadSolver(
            store: try store(count), targets: Targets(.labels(Array(gold.prefix(count)))),
            seed: 1, workers: Workers(count: 2))
        // Every exit says 0, and so misses each 1.
        let logits = (0..<3).map { _ in
            Tensor((0..<count).flatMap { _ in [Float(1), 0] }, rows: count, columns: 2)
        }
        try solver.solveSignals(&heads, logits: logits) { _ in }
        let new = Array(count..<2 * count)
        let signal = try #require(
            heads.signal(
                ofExit: 2, all.features(ofExit: 2, texts: new),
                TextRanges(lengths: new.map { _ in 1 })))
        let hits = zip(signal.values, gold.suffix(count)).count { ($0 > 0.5) == ($1 == 1) }
        #expect(hits > count * 9 / 10, "\(hits)")
    }

    /// The last logits of a chain.
    private func answers(of heads: HeadSet, _ store: FeatureStore, _ texts: Range<Int>) -> Tensor {
        var dropout = Dropout.none
        let ranges = TextRanges(lengths: Array(repeating: 1, count: texts.count))
        var logits: Tensor?
        for exit in 0..<heads.count {
            let features = store.features(ofExit: exit, texts: Array(texts))
            logits = heads.output(ofExit: exit, features, ranges, previous: logits, &dropout).logits
        }
        return logits ?? Tensor([])
    }

    private func accuracy(_ logits: Tensor, _ gold: ArraySlice<Int>) -> Double {
        let hits = zip(0..<logits.rows, gold).count { row, label in
            let values = logits.row(row)
            return values.indices.max { values[$0] < values[$1] } == values.startIndex + label
        }
        return Double(hits) / Double(logits.rows)
    }

    /// What the deepest features say, and noise.
    private func answers(_ store: FeatureStore, _ texts: Int, _ labels: Int) -> [Int] {
        var random = RandomSource(seed: 9)
        let features = store.features(ofExit: 2, texts: Array(0..<texts))
        let map = (0..<labels * store.width).map { _ in random.normal() }
        return (0..<texts).map { text in
            let row = Array(features.row(text))
            let scores = (0..<labels).map { label in
                (0..<store.width).reduce(0.05 * random.normal()) {
                    $0 + row[$1] * map[label * store.width + $1] / 8
                }
            }
            return scores.indices.max { scores[$0] < scores[$1] } ?? 0
        }
    }
}
