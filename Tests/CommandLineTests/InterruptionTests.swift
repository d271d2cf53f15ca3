import Glibc
import TestFiles
import Testing

@Suite struct InterruptionTests {
    // Held by the suite, so that the folders stay until the test has ended.
    private let checkpoint: TinyCheckpoint
    private let folder = TemporaryFolder()

    init() throws { checkpoint = try TinyCheckpoint() }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGQUIT, 131)] as [(Int32, Int32)])
    func `an interrupt leaves the old file and nothing half-written`(
        signal: Int32, status: Int32
    ) throws {
        let output = folder.file("out.jsonl", "old")
        let pipe = checkpoint.folder("pipe")
        mkfifo(pipe, 0o600)
        // Open for both, so that neither side waits and the command never sees the end.
        let writer = open(pipe, O_RDWR)
        defer { close(writer) }
        write(writer, "good film\n", 10)
        let process = CommandProcess(
            checkpoint.arguments(["label", "-", "--output", output, "--force"]), input: pipe,
            output: "/dev/null", notes: checkpoint.folder("notes"))
        #expect(eventually { folder.names.count == 2 })
        process.send(signal)
        #expect(process.wait() == status)
        #expect(folder.names == ["out.jsonl"])
        #expect(contents(output) == "old")
    }

    @Test func `notes that nobody reads do not end the work`() {
        let input = folder.file("in.csv", "sentence,label\ngood film,1\n,,\n,,\nbad film,0\n")
        let pipe = checkpoint.folder("notes")
        mkfifo(pipe, 0o600)
        let reader = open(pipe, O_RDONLY | O_NONBLOCK)
        let process = CommandProcess(
            checkpoint.arguments(["label", input, "--output", folder("out.csv")]),
            input: "/dev/null", output: "/dev/null", notes: pipe)
        close(reader)
        #expect(process.wait() == 0)
        #expect(folder.names == ["in.csv", "out.csv"])
    }
}
