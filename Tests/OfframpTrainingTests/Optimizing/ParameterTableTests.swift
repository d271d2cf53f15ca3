import OfframpEngine
import OfframpExit
import OfframpTraining
import TestModels
import Testing

@Suite struct ParameterTableTests {
    private static func names(_ model: EarlyExitModel, _ parts: TrainedParts) -> [String] {
        ParameterTable(model, parts: parts).entries.map(\.name)
    }

    @Test func `a head's parameter counts as one, whatever its name`() throws {
        // A shared signal's map is called "signal." without "exits." before it.
        let entries = ParameterTable(
            try SmallModel.model(.linear, signal: .shared, depths: [1, 2]), parts: .everything
        ).entries
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
            let model = try SmallModel.model(kind, signal: .shared, depths: [1, 2])
            let parts = [TrainedParts.backbone, .innerHeads, .lastHead, .signals].map {
                Self.names(model, $0)
            }
            #expect(Set(parts.joined()) == Set(Self.names(model, .everything)))
            #expect(Set(parts.joined()).count == parts.joined().count)
            #expect(parts[3] == ["signal.weight", "signal.bias"])
            #expect(parts[2] == ["exits.2.classifier.weight", "exits.2.classifier.bias"])
        }
    }

    @Test func `what exits share is trained with the inner heads, an only exit's with the last`()
        throws
    {
        let pooler = "pooler.dense.weight"
        #expect(Self.names(try SmallModel.model(.sharedPooler), .innerHeads).contains(pooler))
        let only = try SmallModel.model(.sharedPooler, depths: [2])
        #expect(Self.names(only, .innerHeads).isEmpty)
        #expect(Self.names(only, .lastHead).contains(pooler))
    }
}
