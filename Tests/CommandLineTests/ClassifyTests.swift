import OfframpFiles
import Testing

@Suite struct ClassifyTests {
    private let checkpoint: TinyCheckpoint

    init() throws { checkpoint = try TinyCheckpoint() }

    private func run(_ arguments: [String], input: String = "") -> CommandRun {
        checkpoint.run(["classify"] + arguments, input: input)
    }

    @Test func `each text gives its label, score and depth`() throws {
        let run = run(["good film", "bad plot"])
        #expect(run.status == 0)
        #expect(run.notes == "")
        #expect(run.lines.count == 2)
        for line in run.lines {
            let cells = line.split(separator: "\t")
            #expect(cells.count == 3)
            #expect(["negative", "positive"].contains(cells[0]))
            #expect((0.5...1).contains(try #require(Double(cells[1]))))
            #expect(cells[2].hasSuffix("of 2 layers"))
        }
    }

    @Test(arguments: ["good film\nbad plot\n", "good film\nbad plot", "good film\r\nbad plot\r\n"])
    func `lines of standard input are texts`(input: String) {
        #expect(run([], input: input).output == run(["good film", "bad plot"]).output)
    }

    @Test func `JSON has one object per line with stable keys`() throws {
        let run = run(["--json", "good film", "bad plot"])
        #expect(run.lines.count == 2)
        let answer = try JSON(parsing: run.lines[0], from: "output")
        let keys = ["text", "label", "score", "probabilities", "exit", "truncated"]
        #expect(answer.members?.map(\.key) == keys)
        #expect(answer["text"] == "good film")
        #expect(answer["probabilities"]?.members?.map(\.key) == ["negative", "positive"])
        let label = try #require(answer["label"]?.string)
        #expect(answer["probabilities"]?[label] == answer["score"])
    }

    @Test(arguments: [0, 1, 2])
    func `a fixed depth answers there`(depth: Int) throws {
        let run = run(["--json", "--policy", "depth:\(depth)", "good film"])
        #expect(try JSON(parsing: run.output, from: "output")["exit"]?.int == depth)
    }

    @Test(arguments: [("fast", 0), ("accurate", 2)])
    func `a speed is a policy that the checkpoint names`(speed: String, depth: Int) throws {
        let run = run(["--json", "--speed", speed, "good film"])
        #expect(try JSON(parsing: run.output, from: "output")["exit"]?.int == depth)
    }

    @Test func `answers do not depend on the number of threads`() {
        let texts = TinyCheckpoint.words.flatMap { [$0, "not \($0)", "very \($0) film"] }
        let single = run(["--json", "--threads", "1"] + texts)
        #expect(run(["--json", "--threads", "3"] + texts).output == single.output)
    }

    @Test func `a pair is read with its second text`() throws {
        let run = run(["--json", "good film", "--pair", "bad plot"])
        #expect(try JSON(parsing: run.output, from: "output")["pair"] == "bad plot")
        #expect(run.output != self.run(["--json", "good film"]).output)
    }

    @Test func `a text that is too long says so`() {
        let text = Array(repeating: "good", count: 30).joined(separator: " ")
        let cut = run([text])
        #expect(cut.output.hasSuffix("truncated\n"))
        #expect(cut.notes.contains("texts that were cut: 1;") && cut.notes.contains("--long"))
        let whole = run(["--long", "windows", text])
        #expect(whole.output.hasSuffix("layers\n"))
        #expect(whole.notes == "")
        #expect(run(["--long", "head-tail", text]).output.hasSuffix("truncated\n"))
        let pair = run(["--long", "windows", text, "--pair", text])
        #expect(pair.output.hasSuffix("truncated\n"))
        #expect(pair.notes == "texts that were cut: 1\n")
        let refused = run(["--long", "refuse", "good film", text])
        #expect(refused.lines.count == 2 && refused.lines[1] == "")
        #expect(refused.notes.contains("32 tokens"), "\(refused.notes)")
    }

    @Test(arguments: ["windows:3", "windows:x", "tail", ""])
    func `an unknown way to read long texts is refused`(long: String) {
        let run = run(["--long", long, "good film"])
        #expect(run.status == 64)
        #expect(run.notes.contains("--long"))
    }

    @Test func `windows are not explained`() {
        #expect(run(["--long", "windows", "--explain", "good film"]).status == 64)
    }

    @Test func `an explanation shows every exit and where the text left`() throws {
        let run = run(["--explain", "--policy", "depth:1", "good film"])
        #expect(run.lines.count == 6)
        #expect(run.lines[0].hasPrefix("depth  label"))
        #expect(run.lines[2].contains("leaves"))
        #expect(run.lines[3].contains("not asked"))
        let json = self.run(["--explain", "--json", "--policy", "depth:1", "good film"])
        let exits = try JSON(parsing: json.output, from: "output")["exits"]?.elements
        #expect(exits?.map { $0["depth"]?.int } == [0, 1, 2])
        #expect(exits?.map { $0["leaves"]?.bool } == [false, true, false])
    }

    @Test func `the words that mattered are shown, and programs get all of them`() throws {
        let run = run(["--why", "good good film"])
        #expect(run.lines[0].hasPrefix("word"))
        #expect(run.lines.last?.hasSuffix("layers") ?? false)
        let json = self.run(["--why", "--json", "good good film"])
        let words = try JSON(parsing: json.output, from: "output")["words"]?.elements
        #expect(words?.map { $0["word"]?.string } == ["good", "good", "film"])
        #expect(words?.allSatisfy { $0["effect"]?.double != nil } ?? false)
    }

    @Test func `a text without words has none that mattered`() {
        let run = run(["--why", ""])
        #expect(run.status == 0)
        #expect(run.lines.count == 1)
    }

    @Test func `the environment may name the checkpoint`() {
        let run = CommandRun(
            ["classify", "good film"], environment: ["OFFRAMP_CHECKPOINT=\(checkpoint.path)"])
        #expect(run.output == self.run(["good film"]).output)
    }

    @Test func `--anytime shows every exit's answer, the last one the policy's`() throws {
        let run = checkpoint.run([
            "classify", "good film", "--anytime", "--policy", "full", "--json",
        ])
        let depths = try run.lines.map { try JSON(parsing: $0, from: "output")["exit"]?.int }
        #expect(depths == [0, 1, 2])
        let whole = checkpoint.run(["classify", "good film", "--policy", "full", "--json"])
        #expect(run.lines.last == whole.lines.last)
    }

    @Test func `--monotone gives answers that are ever surer`() throws {
        let run = checkpoint.run([
            "classify", "good film", "--anytime", "--monotone", "--policy", "full", "--json",
        ])
        let sureness = try run.lines.map {
            try #require(try JSON(parsing: $0, from: "output")["score"]?.double)
        }
        #expect(sureness.count == 3 && zip(sureness, sureness.dropFirst()).allSatisfy(<=))
    }

    @Test func `--deadline answers by the exit that was reached`() throws {
        func depth(_ time: String) throws -> Int? {
            let run = checkpoint.run([
                "classify", "good film", "--deadline", time, "--policy", "full", "--json",
            ])
            #expect(run.lines.count == 1)
            return try JSON(parsing: run.output, from: "output")["exit"]?.int
        }
        for time in ["0us", "0µs", "0 ms"] { #expect(try depth(time) == 0, "\(time)") }
        for time in ["600s", "600000000 µs"] { #expect(try depth(time) == 2, "\(time)") }
    }

    @Test(arguments: [
        ["--deadline", "2"], ["--deadline", "-1ms"], ["--deadline=-1ms"], ["--deadline", "soon"],
        ["--deadline", "ms"],
        ["--deadline", "2ms", "--anytime"], ["--anytime", "--explain"],
        ["--anytime", "--long", "windows"], ["--monotone"],
    ])
    func `a deadline that cannot be read or kept is a wrong use`(arguments: [String]) {
        #expect(checkpoint.run(["classify", "good"] + arguments).status == 64)
    }
}
