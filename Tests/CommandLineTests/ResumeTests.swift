import Glibc
import OfframpFiles
import TestFiles
import Testing

/// `label --resume`; a part has 16,384 rows.
@Suite struct ResumeTests {
    private let checkpoint: TinyCheckpoint
    private let folder = TemporaryFolder()
    private let data: String

    init() throws {
        checkpoint = try TinyCheckpoint()
        let words = TinyCheckpoint.words
        let rows = (0..<40_000).map { "\($0),\(words[$0 % 10]) \(words[$0 / 10 % 10])" }
        data = folder.file("data.csv", "id,text\n" + rows.joined(separator: "\n"))
    }

    private func arguments(_ output: String, _ more: [String] = []) -> [String] {
        checkpoint.arguments(["label", data, "--output", folder(output), "--resume"] + more)
    }

    /// A run that the system ends when it joins the parts, as no file may be as large as the whole; and as if it had
    /// been ended before, its last part is missing.
    private func interrupt(_ output: String, _ more: [String] = []) throws {
        let whole = "whole-" + output
        #expect(CommandRun(arguments(whole, more)).status == 0)
        let size = try MappedFile(path: folder(whole)).withBytes { $0.count }
        let run = CommandRun(
            arguments(output, more), under: "ulimit -f \(size * 9 / 10 / 512); exec \"$@\"")
        #expect(run.status == 74, "\(run.notes)")
        let parts = Folder.names(in: folder(output + ".parts")).filter {
            $0.hasSuffix("-" + output)
        }
        #expect(unlink(folder("\(output).parts/\(parts.count - 1)-\(output)")) == 0)
    }

    @Test(arguments: ["out.csv", "out.jsonl.gz", "out.tsv.zst"])
    func `a run that was cut short goes on to the same bytes`(output: String) throws {
        try interrupt(output)
        #expect(!folder.names.contains(output))
        let run = CommandRun(arguments(output))
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.notes.contains("rows are done, going on"))
        let (whole, resumed) = (
            try MappedFile(path: folder("whole-" + output)), try MappedFile(path: folder(output))
        )
        #expect(whole.withBytes { Array($0) } == resumed.withBytes { Array($0) })
        #expect(!folder.names.contains(output + ".parts"))
    }

    @Test func `without an interruption it is what label writes`() {
        #expect(CommandRun(arguments("out.csv")).status == 0)
        let plain = checkpoint.run(["label", data, "--output", "-", "--output-format", "csv"])
        #expect(contents(folder("out.csv")) == plain.output)
    }

    @Test func `another run is refused, and what is done stays`() throws {
        try interrupt("out.csv")
        let other = CommandRun(arguments("out.csv", ["--policy", "full"]))
        #expect(
            other.status == 64 && other.notes.contains("manifest.json: policy"), "\(other.notes)")
        let shard = CommandRun(arguments("out.csv", ["--shard", "1/2"]))
        #expect(shard.status == 64 && shard.notes.contains("manifest.json: shard"))
        _ = folder.file("data.csv", contents(data) + "\n40000,good\n")
        let changed = CommandRun(arguments("out.csv"))
        #expect(changed.status == 64 && changed.notes.contains("manifest.json: inputs"))
        let manifest = contents(folder("out.csv.parts/manifest.json"))
        _ = folder.file(
            "out.csv.parts/manifest.json",
            manifest.replacing("\"version\": \"", with: "\"version\": \"9"))
        let version = CommandRun(arguments("out.csv"))
        #expect(version.status == 64 && version.notes.contains("manifest.json: version"))
        #expect(Folder.names(in: folder("out.csv.parts")).contains("0-out.csv"))
    }

    @Test func `a file that is named twice goes on as well`() throws {
        try interrupt("out.csv", [data])
        let run = CommandRun(arguments("out.csv", [data]))
        #expect(run.status == 0 && run.notes.contains("rows are done, going on"), "\(run.notes)")
        #expect(contents(folder("out.csv")) == contents(folder("whole-out.csv")))
    }

    @Test func `a shard goes on within its rows`() throws {
        try interrupt("out.csv", ["--shard", "2/2"])
        #expect(CommandRun(arguments("out.csv", ["--shard", "2/2"])).status == 0)
        #expect(contents(folder("out.csv")) == contents(folder("whole-out.csv")))
    }

    @Test func `a file without rows has its header`() {
        let empty = folder.file("empty.csv", "id,text\n")
        let runs: [(String, [String])] = [("out.csv", ["--resume"]), ("plain.csv", [])]
        for (output, options) in runs {
            let run = checkpoint.run(["label", empty, "--output", folder(output)] + options)
            #expect(run.status == 0, "\(run.notes)")
            let header = "id,text,label,score,exit,truncated,error\n"
            #expect(contents(folder(output)) == header)
        }
    }

    @Test func `while another process writes it is 75`() throws {
        try interrupt("out.csv")
        // Not handed on to what other tests start.
        let lock = open(folder("out.csv.parts/lock"), O_RDWR | O_CLOEXEC)
        #expect(flock(lock, LOCK_EX) == 0)
        let run = CommandRun(arguments("out.csv"))
        #expect(run.status == 75 && run.notes.contains("another process"), "\(run.notes)")
        close(lock)
        #expect(CommandRun(arguments("out.csv")).status == 0)
    }

    @Test func `what cannot be resumed is refused`() {
        for more in [["--watch", "5"], ["--output", "-"]] {
            #expect(CommandRun(arguments("out.csv", more)).status == 64)
        }
        let run = checkpoint.run(["label", "-", "--output", folder("o.csv"), "--resume"])
        #expect(run.status == 64)
        #expect(!folder.names.contains("out.csv.parts"))
    }
}
