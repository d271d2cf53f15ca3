import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTraining
import TestFiles
import TestModels
import Testing

@Suite struct FeatureStoreTests {
    @Test(arguments: ["mean", "linear", "pair", "convolution"])
    func `are those that the backbone gives, of tokens in bfloat16, and their file has no name`(
        kind: String
    ) throws {
        let model = try SmallModel.model(HeadKind.named(kind))
        let engine = Engine(
            model: model, task: .classification(["a", "b", "c"]), temperatures: [1, 1, 1],
            workers: Workers(count: 3), cutter: BatchCutter(tokens: 30))
        let texts = try SmallModel.texts(25)
        let folder = TemporaryFolder()
        let store = try FeatureStore(
            texts, model: model, engine: engine, folder: folder.path, progress: { _ in })
        #expect(folder.names.isEmpty)
        let order = [7, 3, 3, 24, 0]
        #expect(store.ranges(order) == PackedBatch(order.map { texts[$0] }).texts)
        for exit in 0..<3 {
            var pass = ForwardPass(model, PackedBatch(order.map { texts[$0] }))
            let exact = pass.features(ofExit: exit)
            let expected = kind == "convolution" ? exact.roundedToBfloat16 : exact
            let found = store.features(ofExit: exit, texts: order)
            #expect(found.shape == expected.shape)
            #expect(largestDifference(found.values, expected.values) < 1e-6)
            #expect(largestDifference(found.values, exact.values) < 0.02)
        }
        #expect(store.lengths == texts.map(\.ids.count))
    }

    @Test func `that find no room for their file are refused`() throws {
        let model = try SmallModel.model(.mean)
        let engine = Engine(
            model: model, task: .classification(["a", "b", "c"]), temperatures: [1, 1, 1])
        let error = failure {
            try FeatureStore(
                SmallModel.texts(2), model: model, engine: engine, folder: "/nowhere",
                progress: { _ in })
        }
        #expect(error?.kind == .io && error?.place == "/nowhere")
    }
}
