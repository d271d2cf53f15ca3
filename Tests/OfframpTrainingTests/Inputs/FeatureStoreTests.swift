import OfframpEncoder
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTestSupport
import OfframpTraining
import Testing

@Suite("The kept features of a frozen backbone")
struct FeatureStoreTests {
    @Test("are those that the backbone gives", arguments: [HeadKind.mean.name, "linear"])
    func areTheBackbones(kind: String) throws {
        let model = try SmallModel.model(HeadKind.named(kind))
        let engine = Engine(
            model: model, task: .classification(["a", "b", "c"]), temperatures: [1, 1, 1],
            workers: Workers(count: 3), cutter: BatchCutter(tokens: 30))
        let texts = try SmallModel.texts(25)
        let store = try FeatureStore(
            texts, model: model, engine: engine, folder: "/tmp", progress: { _ in })
        let order = [7, 3, 3, 24, 0]
        for exit in 0..<3 {
            var pass = ForwardPass(model, PackedBatch(order.map { texts[$0] }))
            let expected = pass.features(ofExit: exit)
            let found = store.features(ofExit: exit, texts: order)
            #expect(found.shape == expected.shape)
            #expect(largestDifference(found.values, expected.values) < 1e-6)
        }
        #expect(store.lengths == texts.map(\.ids.count))
    }
}
