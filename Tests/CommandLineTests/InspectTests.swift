import OfframpFiles
import Testing

@Suite struct InspectTests {
    // Held by the suite, so that the folder stays until the test has ended.
    private let checkpoint: TinyCheckpoint

    init() throws { checkpoint = try TinyCheckpoint() }

    @Test func `a checkpoint's shape, labels and methods are shown`() throws {
        let text = CommandRun(["inspect", checkpoint.path]).output
        for fragment in [
            "32", "2 labels: negative, positive", "0 1 2", "confidence:0.7", "depth:0",
        ] {
            #expect(text.contains(fragment), "\(fragment)")
        }
        let json = try JSON(
            parsing: CommandRun(["inspect", "--json", checkpoint.path]).output, from: "output")
        #expect(json["shape"]?["layers"]?.int == 2)
        #expect(json["methods"]?.elements?.first?["depths"] == [0, 1, 2])
        #expect(
            json["methods"]?.elements?.first?["weights"]?["parameters"]?.int == 3 * (64 * 2 + 2))
    }

    @Test func `a plain backbone has no methods`() throws {
        let run = CommandRun(["inspect", checkpoint.backbone])
        #expect(run.status == 0)
        #expect(run.output.contains("a backbone without labels"))
    }
}
