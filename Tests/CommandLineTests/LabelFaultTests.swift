import OfframpFiles
import TestFiles
import Testing

/// `label` when the system fails it, at each of its calls on the output's files in turn.
@Suite struct LabelFaultTests {
    /// A way to label a file.
    struct Job: CustomTestStringConvertible {
        let output: String
        let resumes: Bool
        /// Whether there is an output already, which may be replaced.
        let replaces: Bool

        var testDescription: String {
            output + (resumes ? " --resume" : "") + (replaces ? " --force" : "")
        }
    }

    private static let jobs = [
        Job(output: "out.jsonl", resumes: false, replaces: false),
        Job(output: "out.csv.gz", resumes: false, replaces: true),
        Job(output: "out.jsonl", resumes: true, replaces: true),
        Job(output: "out.csv.gz", resumes: true, replaces: false),
    ]

    private let checkpoint: TinyCheckpoint
    private let input = TemporaryFolder()
    private let data: String

    init() throws {
        checkpoint = try TinyCheckpoint()
        // Two parts; bytes that are no text are bad rows, which are left out soonest.
        let rows = (0..<17_000).map { index -> [UInt8] in
            index.isMultiple(of: 400) ? Array(TinyCheckpoint.words[index / 400 % 10].utf8) : [0xFF]
        }
        data = input.file("data.txt", Array(rows.joined(separator: [0x0A])))
        try #require(!FaultLibrary.path.isEmpty, "no C compiler in the PATH")
    }

    private func arguments(_ job: Job, in folder: TemporaryFolder) -> [String] {
        checkpoint.arguments(
            ["label", data, "--output", folder(job.output), "--policy", "depth:0"]
                + ["--on-error", "skip", "--quiet", "--threads", "1"]
                + (job.resumes ? ["--resume"] : []) + (job.replaces ? ["--force"] : []))
    }

    private static let old = Array("old".utf8)

    /// What has the output's name: the old file or, where there was none, nothing; or all that it should be.
    private func isWhole(_ job: Job, _ folder: TemporaryFolder, _ whole: [UInt8]) -> Bool {
        guard let found = try? bytes(folder(job.output)) else {
            #expect(!job.replaces)
            return false
        }
        #expect(found == whole || job.replaces && found == Self.old)
        return found == whole
    }

    private func whole(_ job: Job) throws -> [UInt8] {
        let folder = TemporaryFolder()
        #expect(CommandRun(arguments(job, in: folder)).status == 0)
        return try bytes(folder(job.output))
    }

    /// Runs a job with one call after the other going wrong, until there is none left.
    private func strike(
        _ job: Job, _ fault: FaultyRun.Fault, _ whole: [UInt8],
        _ check: (FaultyRun, FaultyRun.Struck, TemporaryFolder) -> Void
    ) {
        for number in 1..<500 {
            let folder = TemporaryFolder()
            if job.replaces { _ = folder.file(job.output, Self.old) }
            let run = FaultyRun(arguments(job, in: folder), fault, at: number, in: folder)
            guard let struck = run.struck else {
                #expect(run.run.status == 0 && isWhole(job, folder, whole) && number > 1)
                return #expect(folder.names == [job.output])
            }
            check(run, struck, folder)
        }
        Issue.record("no end of calls")
    }

    /// Runs a resumable job once more, now that nothing goes wrong.
    private func resume(
        _ job: Job, in folder: TemporaryFolder, _ whole: [UInt8], _ comment: Comment
    ) {
        let wasWhole = (try? bytes(folder(job.output))) == whole
        let manifest = folder("\(job.output).parts/manifest.json")
        let hadEnded = wasWhole && contents(manifest).isEmpty && !job.replaces
        let again = CommandRun(arguments(job, in: folder))
        #expect(again.status == (hadEnded ? 64 : 0), "\(comment): \(again.notes)")
        #expect((try? bytes(folder(job.output))) == whole, comment)
        #expect(folder.names == [job.output], comment)
    }

    @Test(arguments: jobs)
    func `a call that fails leaves the old file or the whole new one`(job: Job) throws {
        let whole = try whole(job)
        strike(job, .failure, whole) { faulty, struck, folder in
            let (status, notes) = (faulty.run.status, faulty.run.notes)
            let comment: Comment = "\(struck): \(status) \(notes) \(folder.names)"
            let isWhole = isWhole(job, folder, whole)
            #expect(status == 74 || status == 0 && isWhole, comment)
            if status == 74 {
                #expect(notes.contains(folder.path) && notes.contains(struck.reason), comment)
            }
            let hidden = folder.names.contains { $0.hasPrefix(".") }
            #expect(!hidden || struck.name == "unlink", comment)
            if job.resumes { resume(job, in: folder, whole, comment) }
        }
    }

    @Test(arguments: jobs)
    func `a kill at any moment leaves the old file or the whole new one`(job: Job) throws {
        let whole = try whole(job)
        strike(job, .kill, whole) { faulty, struck, folder in
            let comment: Comment = "\(struck): \(faulty.run.status) \(folder.names)"
            #expect(faulty.run.status == -9, comment)
            _ = isWhole(job, folder, whole)
            guard job.resumes else { return }
            #expect(!folder.names.contains { $0.hasPrefix(".") }, comment)
            resume(job, in: folder, whole, comment)
        }
    }

    @Test(arguments: jobs) func `a short write goes on with the rest`(job: Job) throws {
        let whole = try whole(job)
        strike(job, .shortWrite, whole) { faulty, _, folder in
            #expect(faulty.run.status == 0 && isWhole(job, folder, whole))
        }
    }
}
