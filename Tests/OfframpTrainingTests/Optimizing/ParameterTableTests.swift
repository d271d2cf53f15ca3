import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTraining
import TestModels
import Testing

@Suite struct ParameterTableTests {
    private static func model(
        _ kind: HeadKind = .linear, signal: Signal? = nil, depths: [Int] = [1, 2]
    ) throws -> EarlyExitModel {
        let model = try SmallModel.model(kind, depths: depths)
        var heads = HeadSet(kind, signal: signal, depths: depths, width: 16, outputCount: 3)
        var initializer = ParameterInitializer(seed: 1)
        heads.visitParameters(&initializer, under: "")
        return EarlyExitModel(backbone: model.backbone, heads: heads)
    }

    private static func names(_ model: EarlyExitModel, _ parts: TrainedParts) -> [String] {
        ParameterTable(model, parts: parts).entries.map(\.name)
    }

    @Test func `a head's parameter counts as one, whatever its name`() throws {
        // A shared signal's map is called "signal." without "exits." before it.
        let entries = ParameterTable(try Self.model(signal: .shared), parts: .everything).entries
        let heads = entries.filter(\.isHead).map(\.name)
        #expect(
            heads == [
                "exits.1.classifier.weight", "exits.1.classifier.bias", "signal.weight",
                "signal.bias", "exits.2.classifier.weight", "exits.2.classifier.bias",
            ])
        #expect(entries.prefix { !$0.isHead }.count == entries.count - heads.count)
    }

    @Test func `the parts of a model have no parameter in common`() throws {
        for kind in [HeadKind.linear, .sharedPooler] {
            let model = try Self.model(kind, signal: .shared)
            let parts = [TrainedParts.backbone, .innerHeads, .lastHead].map {
                Self.names(model, $0)
            }
            #expect(Set(parts.joined()) == Set(Self.names(model, .everything)))
            #expect(Set(parts.joined()).count == parts.joined().count)
            #expect(parts[2] == ["exits.2.classifier.weight", "exits.2.classifier.bias"])
        }
    }

    @Test func `what exits share is trained with the inner heads, an only exit's with the last`()
        throws
    {
        let pooler = "pooler.dense.weight"
        #expect(Self.names(try Self.model(.sharedPooler), .innerHeads).contains(pooler))
        let only = try Self.model(.sharedPooler, depths: [2])
        #expect(Self.names(only, .innerHeads).isEmpty)
        #expect(Self.names(only, .lastHead).contains(pooler))
    }
}
