import OfframpExit
import OfframpFiles
import Testing

@Suite struct HaltingTests {
    @Test(arguments: [2, 3]) func `a certain answer is that of the whole mixture`(
        labels: Int
    ) throws {
        let trace = Trace.random(texts: 400, labels: labels, seed: UInt64(labels))
        let certain = trace.replay(try policy("halting:1,mixture,certain", for: trace))
        let whole = trace.replay(try policy("halting:1,mixture", for: trace))
        #expect(certain.contains { $0.depth < 6 })
        #expect(certain.map(\.prediction.label) == whole.map(\.prediction.label))
    }

    @Test(arguments: [
        ("halting:0.5,certain", TaskKind.classification),
        ("halting:0.5,mixture,certain", .regression),
    ])
    func `no label is certain without a mixture of labels`(text: String, task: TaskKind) throws {
        let trace = Trace.random(labels: task == .regression ? 1 : 3, task: task)
        let error = #expect(throws: OfframpError.self) { try policy(text, for: trace) }
        #expect(error?.kind == .usage)
        #expect(error?.expected.contains("beside mixture") ?? false)
    }
}
