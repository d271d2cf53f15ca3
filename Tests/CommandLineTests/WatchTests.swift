import OfframpFiles
import TestFiles
import Testing

/// `label --watch` on a checkpoint whose exits have random weights: leaving early often changes the answer.
@Suite struct WatchTests {
    private let checkpoint: TinyCheckpoint
    private let data: String

    init() throws {
        checkpoint = try TinyCheckpoint()
        let words = TinyCheckpoint.words
        let rows = (0..<3000).map { row in
            "\(words[row % 10]) \(words[row / 10 % 10]) \(words[row / 100 % 10])"
        }
        data = checkpoint.folder.file("data.txt", rows.joined(separator: "\n"))
    }

    private func label(_ arguments: String) -> CommandRun {
        checkpoint.run(
            ["label", data, "--output", "-"] + arguments.split(separator: " ").map(String.init))
    }

    /// The share of rows that get the full model's answer.
    private func agreement(_ policy: String) throws -> Double {
        let (early, full) = (try labels("--policy \(policy)"), try labels("--policy full"))
        return Double(zip(early, full).count { $0 == $1 }) / Double(full.count)
    }

    private func labels(_ arguments: String) throws -> [JSON?] {
        try label(arguments).lines.map { try JSON(parsing: $0, from: "output")["label"] }
    }

    @Test func `every N-th row is watched, and the answers stay the same`() throws {
        let plain = label("--policy depth:0")
        let watched = label("--policy depth:0 --watch 7 --least-agreement 0.01")
        #expect(watched.status == 0, "\(watched.notes)")
        #expect(watched.output == plain.output)
        // 428 whole sevens, and four rows more.
        #expect(watched.notes.contains("428 watched: ") || watched.notes.contains("429 watched: "))
        #expect(!watched.notes.contains("drift"))
    }

    @Test func `all watched, the share is that of the answers`() throws {
        let share = try agreement("depth:0")
        let notes = label("--policy depth:0 --watch 1 --least-agreement 0.01").notes
        let expected = (share * 1000).rounded() / 10
        #expect(notes.contains("3,000 watched: \(expected) % as the full model"), "\(notes)")
        #expect(share < 0.9, "the rows must disagree, or nothing is tested")
    }

    @Test func `more disagreements than allowed are told once`() throws {
        let run = label("--policy depth:0 --watch 3 --least-agreement 0.97")
        #expect(run.status == 0)
        #expect(run.notes.ranges(of: "drift: ").count == 1, "\(run.notes)")
        #expect(run.lines.count == 3000)
        #expect(run.output == label("--policy depth:0").output)
    }

    @Test func `tightening brings the agreement back`() throws {
        let run = label("--policy depth:0 --watch 3 --least-agreement 0.97 --tighten")
        #expect(run.notes.contains("from here on"), "\(run.notes)")
        let found = try run.lines.map { try JSON(parsing: $0, from: "output")["label"] }
        let full = try labels("--policy full")
        let last = zip(found, full).suffix(1000)
        #expect(Double(last.count { $0 == $1 }) / 1000 > 0.95)
    }

    @Test func `what was calibrated is expected`() throws {
        let calibration = checkpoint.folder.file(
            "unlabelled.txt",
            contents(data).split(separator: "\n").prefix(1000).joined(separator: "\n"))
        let calibrate = checkpoint.run([
            "calibrate", calibration, "--unlabelled", "--policy", "depth:1", "--name", "mine",
        ])
        #expect(calibrate.status == 0, "\(calibrate.notes)")
        #expect(try agreement("depth:1") > 0.05, "an answer that never agrees cannot drift")
        let run = label("--speed mine --watch 2")
        #expect(run.status == 0 && !run.notes.contains("drift"), "\(run.notes)")
        #expect(run.notes.contains("1,500 watched: "))
    }

    @Test(arguments: [
        ("--watch 10", "no record"), ("--watch 0", "whole number"), ("--tighten", "--watch"),
        ("--least-agreement 0.9", "--watch"), ("--watch 10 --least-agreement 1", "below 1"),
    ])
    func `what cannot be watched is refused`(arguments: String, fragment: String) {
        let run = label(arguments)
        #expect(run.status == 64)
        #expect(run.notes.contains(fragment), "\(run.notes)")
        #expect(run.output == "")
    }
}
