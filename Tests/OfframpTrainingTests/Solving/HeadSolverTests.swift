import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer
import TestFiles
import TestModels
import Testing

@testable import OfframpTraining

@Suite struct HeadSolverTests {
    private let folder = TemporaryFolder()

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

    /// As such an exit pools the tokens itself.
    @Test func `a branch without layers of its own has the optimum of mean heads`() throws {
        let count = 200
        func solved(_ kind: HeadKind) throws -> [Float] {
            let model = try SmallModel.model(kind, depths: [2], outputCount: 2)
            let store = try FeatureStore(
                SmallModel.texts(count), model: model,
                engine: Engine(model: model, task: .classification(["0", "1"])),
                folder: folder.path, progress: { _ in })
            var heads = model.heads
            let solver = HeadSolver(
                store: store, targets: Targets(.labels((0..<count).map { $0 / 3 % 2 })), seed: 1,
                workers: Workers(count: 2))
            return try solver.solve(&heads, exits: [0]) { _ in }[0].values
        }
        let (branch, mean) = (try solved(.branch), try solved(.mean))
        #expect(Set(mean).count > count, "answers that do not vary would be the same anyway")
        // The states of all tokens are kept in bfloat16.
        #expect(zip(branch, mean).allSatisfy { abs($0 - $1) < 0.05 }, "\(branch), \(mean)")
    }

    /// 600 texts of one word. Of every eight so many have a word that tells the label, and the others one that tells
    /// it in seven cases of ten.
    private func texts(sure: Int) -> [(word: String, label: Int, isSure: Bool)] {
        (0..<600).map { index in
            let (isSure, sign) = (index % 8 < sure, index % 2)
            let isUsual = isSure || (index / 8) % 10 < 7
            let words = isSure ? ["bad", "good"] : ["film", "play"]
            return (word: words[sign], label: isUsual ? sign : 1 - sign, isSure: isSure)
        }
    }

    /// A solver of texts that are one word.
    private func solver(
        _ texts: [(word: String, label: Int, isSure: Bool)], _ model: EarlyExitModel,
        keepingConfidence: Float? = nil
    ) throws -> HeadSolver {
        let tokenizer = try Checkpoint(SmallModel.folder).tokenizer()
        let store = try FeatureStore(
            texts.map { tokenizer.encode($0.word) }, model: model,
            engine: Engine(model: model, task: .classification(["0", "1"])), folder: folder.path,
            progress: { _ in })
        return HeadSolver(
            store: store, targets: Targets(.labels(texts.map(\.label))), seed: 1,
            workers: Workers(count: 2), keepingConfidence: keepingConfidence)
    }

    /// The parameters of one exit's head.
    private func parameters(_ heads: HeadSet, atDepth depth: Int) -> [String: [Float]] {
        heads.values().filter { $0.key.hasPrefix("exits.\(depth).") }
    }

    @Test func `an exit learns only from texts that the one before it is not sure of`() throws {
        let texts = texts(sure: 4)
        let others = texts.indices.filter { !texts[$0].isSure }
        let model = try SmallModel.model(.mean, depths: [0, 1], outputCount: 2)
        let solver = try solver(texts, model, keepingConfidence: 0.9)
        var (heads, alone, common) = (model.heads, model.heads, model.heads)
        let heldOut = try solver.solve(&heads, exits: [0, 1]) { _ in }
        let own = try self.solver(others.map { texts[$0] }, model)
            .solve(&alone, exits: [1]) { _ in }
        _ = try self.solver(texts, model).solve(&common, exits: [1]) { _ in }
        #expect(parameters(heads, atDepth: 1) == parameters(alone, atDepth: 1))
        #expect(parameters(heads, atDepth: 1) != parameters(common, atDepth: 1))
        // What it says of those that it has learned from comes from fits without them; of the others, from itself.
        let weight = try #require(heads.values()["exits.1.classifier.weight"])
        let bias = try #require(heads.values()["exits.1.classifier.bias"])
        let differences = texts.indices.map { text in
            let features = solver.store.features(ofExit: 1, texts: [text]).values
            let logits = bias.indices.map { output in
                let start = output * features.count
                return features.indices.reduce(bias[output]) {
                    $0 + weight[start + $1] * features[$1]
                }
            }
            return largestDifference(heldOut[1].row(text), logits)
        }
        for text in texts.indices where texts[text].isSure { #expect(differences[text] < 5e-3) }
        for (row, text) in others.enumerated() {
            #expect(heldOut[1].row(text) == own[0].row(row))
        }
        #expect(others.contains { differences[$0] > 0.01 })
    }

    @Test func `an exit learns from all texts where the one before it leaves fewer than 200`()
        throws
    {
        let texts = texts(sure: 6)
        let model = try SmallModel.model(.mean, depths: [0, 1], outputCount: 2)
        var (heads, common) = (model.heads, model.heads)
        let heldOut = try solver(texts, model, keepingConfidence: 0.9)
            .solve(&heads, exits: [0, 1]) { _ in }
        let expected = try solver(texts, model).solve(&common, exits: [0, 1]) { _ in }
        #expect(heads.values() == common.values())
        #expect(heldOut.map(\.values) == expected.map(\.values))
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
