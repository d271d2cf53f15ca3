import Glibc
import OfframpFiles
import TestFiles
import Testing

@Suite struct BadCheckpointTests {
    // Held by the suite, so that the folder stays until the test has ended.
    private let checkpoint: TinyCheckpoint

    init() throws { checkpoint = try TinyCheckpoint() }

    private static let faults: [(file: String, content: String?, status: Int32, fragment: String)] =
        [
            ("config.json", nil, 66, "config.json"),
            ("config.json", "{", 65, "config.json"),
            ("config.json", "{\"hidden_size\": 32}", 65, "config.json"),
            ("vocab.txt", nil, 66, "no vocabulary, expected vocab.txt or tokenizer.json"),
            ("vocab.txt", "just\nwords\n", 65, "vocab.txt"),
            ("model.safetensors", nil, 66, "model.safetensors"),
            ("model.safetensors", "", 65, "model.safetensors"),
            ("model.safetensors", "\0\0\0\0\0\0\0\0", 65, "model.safetensors"),
            ("exits/offramp.json", "{}", 65, "offramp.json: format"),
            ("exits/offramp.safetensors", nil, 66, "offramp.safetensors"),
        ]

    @Test(arguments: faults)
    func `a file that is missing or broken is named`(
        fault: (file: String, content: String?, status: Int32, fragment: String)
    ) throws {
        let file = "checkpoint/\(fault.file)"
        remove(checkpoint.folder(file))
        if let content = fault.content { _ = checkpoint.folder.file(file, content) }
        let run = checkpoint.run(["classify", "good film"])
        #expect(run.status == fault.status)
        #expect(run.notes.contains(fault.fragment), "\(run.notes)")
    }

    @Test func `a checkpoint without heads cannot classify`() throws {
        let run = CommandRun(["classify", "x", "--checkpoint", checkpoint.backbone])
        #expect(run.status == 65)
        #expect(run.notes.contains("trained exits"))
    }
}
