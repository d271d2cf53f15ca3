import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import TestFiles
import Testing

/// The shipped checkpoint in parts, on real texts.
@Suite(
    .enabled(if: ShippedCheckpoint.isAvailable, ShippedCheckpoint.reason),
    .enabled(if: RealData.isAvailable, RealData.reason))
struct ShippedPartsTests {
    private let folder = TemporaryFolder()

    private static func texts(_ count: Int) -> [TextInput] {
        contents(RealData.path("sst2/dev.tsv")).split(separator: "\n").dropFirst().prefix(count)
            .map { TextInput(String($0.prefix { $0 != "\t" })) }
    }

    private func paths(_ source: Checkpoint) throws -> [String] {
        try source.parts(splitAt: [2, 4]).map { part in
            let path = folder(part.name)
            try CheckpointWriter(path, overwriting: false).write(part, of: source)
            return path
        }
    }

    @Test func `parts answer as the whole with every method in its precision`() throws {
        let source = try Checkpoint(ShippedCheckpoint.folder)
        let (texts, paths) = (Self.texts(200), try paths(source))
        for method in source.methods {
            let workers = Workers(count: 2)
            let whole = try LoadedModel(source, source.settings(method), workers: workers)
            let row = PartRow(
                try paths.map {
                    try LoadedPart(Checkpoint(part: $0), method: method, workers: workers)
                })
            let policy = try PolicyKind.policy(whole.settings.policy, for: whole.context)
            let expected = whole.engine.answers(try whole.encode(texts), policy: policy)
            #expect(try row.answers(texts, policy) == expected, "\(method)")
        }
    }

    /// What a format rounds is far less than what the int8 layers round themselves: hardly any text gets another label.
    @Test(arguments: [StateStorage.float16, .int8])
    func `smaller states give the same labels`(storage: StateStorage) throws {
        let source = try Checkpoint(ShippedCheckpoint.folder)
        let row = PartRow(try paths(source).map { try LoadedPart(Checkpoint(part: $0)) })
        let texts = Self.texts(200)
        let full = try PolicyKind.policy("full", for: row.parts[0].context)
        let exact = try row.answers(texts, full)
        let close = try row.answers(texts, [full, full, full]) { try HandedOn($0.bytes(storage)) }
        let same = zip(exact, close).count { $0.prediction.label == $1.prediction.label }
        #expect(same >= 196)
    }
}
