import OfframpExit
import OfframpFiles
import TestFiles
import Testing

/// `--cascade` of `classify`, `label`, `evaluate` and `calibrate`.
@Suite struct CascadeTests {
    private let small: TinyCheckpoint
    private let large: TinyCheckpoint
    private let texts = TinyCheckpoint.words.flatMap { word in
        TinyCheckpoint.words.map { "\($0) \(word)" }
    }
    private let data: String

    init() throws {
        small = try TinyCheckpoint()
        large = try TinyCheckpoint(seed: 8)
        let words = TinyCheckpoint.words
        let rows = (0..<200).map { "\(words[$0 % 10]) \(words[$0 / 10 % 10])\t\($0 % 2)" }
        data = small.folder.file(
            "data.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
    }

    private var cascade: String { "\(small.path),\(large.path)" }

    private func run(_ command: String, _ arguments: [String]) -> CommandRun {
        CommandRun([command, "--cascade", cascade] + arguments)
    }

    private func objects(_ run: CommandRun) throws -> [JSON] {
        try run.lines.map { try JSON(parsing: $0, from: "output") }
    }

    @Test func `the answer is the small model's where it is sure, else the large one's`() throws {
        let run = run("classify", ["--cascade-threshold", "0.9", "--json"] + texts)
        #expect(run.status == 0 && run.notes == "")
        let parts = try [small, large].map { try objects($0.run(["classify", "--json"] + texts)) }
        let answers = try objects(run)
        for (index, answer) in answers.enumerated() {
            let isSure = try #require(parts[0][index]["score"]?.double) >= 0.9
            #expect(answer["model"]?.string == (isSure ? small.path : large.path))
            let expected = parts[isSure ? 0 : 1][index]
            for key in ["text", "label", "score", "probabilities", "exit", "truncated"] {
                #expect(answer[key] != nil && answer[key] == expected[key])
            }
        }
        #expect(Set(answers.map { $0["model"]?.string }).count == 2)
    }

    @Test(arguments: ["1", "3"])
    func `people see which model answered, whatever the threads`(threads: String) {
        let arguments = ["--cascade-threshold", "0.9", "--threads", threads]
        let run = run("classify", arguments + texts)
        #expect(run.lines.contains { $0.hasSuffix("of 2 layers of \(small.path)") })
        #expect(run.lines.contains { $0.hasSuffix("of 2 layers of \(large.path)") })
        #expect(run.output == self.run("classify", ["--cascade-threshold", "0.9"] + texts).output)
    }

    @Test func `what is not calibrated is said`() {
        let run = run("classify", ["good film"])
        #expect(run.status == 0)
        #expect(run.notes.contains("nothing is calibrated") && run.notes.contains("0.9"))
        #expect(run.notes.contains("calibrate --cascade \(cascade)"))
        #expect(self.run("classify", ["--quiet", "good film"]).notes == "")
    }

    @Test func `label says which model answered, and how many rows were handed on`() throws {
        let run = run("label", [data, "--output", "-", "--cascade-threshold", "0.9"])
        #expect(run.status == 0)
        let rows = try objects(run)
        #expect(rows.count == 200)
        let handedOn = rows.count { $0["model"]?.string == large.path }
        #expect(handedOn > 0 && handedOn < 200)
        let share = (Double(handedOn) / 2 * 10).rounded() / 10
        #expect(run.notes.contains("\(share) % handed on"), "\(run.notes)")
        let chosen = self.run(
            "label", [data, "--output", "-", "--columns", "label,probabilities"])
        #expect(try objects(chosen)[0]["model"] == nil)
    }

    @Test func `a run goes on only with the same models and the same threshold`() throws {
        let words = TinyCheckpoint.words
        // More than a part, so that the parts are there when the whole becomes too large.
        let rows = (0..<20_000).map { "\(words[$0 % 10]) \(words[$0 / 10 % 10])" }
        let many = small.folder.file("many.csv", "text\n" + rows.joined(separator: "\n"))
        func label(
            _ output: String, _ cascade: String, _ threshold: String, under script: String? = nil
        ) -> CommandRun {
            CommandRun(
                ["label", many, "--output", small.folder(output), "--resume"]
                    + ["--cascade", cascade, "--cascade-threshold", threshold], under: script)
        }
        #expect(label("whole.csv", cascade, "0.9").status == 0)
        let size = contents(small.folder("whole.csv")).utf8.count
        let script = "ulimit -f \(size * 9 / 10 / 512); exec \"$@\""
        #expect(label("out.csv", cascade, "0.9", under: script).status == 74)
        let other = label("out.csv", cascade, "0.95")
        #expect(
            other.status == 64 && other.notes.contains("manifest.json: cascade_threshold"),
            "\(other.notes)")
        let turned = label("out.csv", "\(large.path),\(small.path)", "0.9")
        #expect(
            turned.status == 64 && turned.notes.contains("manifest.json: cascade"),
            "\(turned.notes)")
        #expect(label("out.csv", cascade, "0.9").status == 0)
        #expect(contents(small.folder("out.csv")) == contents(small.folder("whole.csv")))
    }

    @Test func `evaluate measures the models alone and together`() throws {
        let run = run("evaluate", [data, "--cascade-threshold", "0.9", "--json"])
        #expect(run.status == 0, "\(run.notes)")
        let found = try objects(run)[0]
        let models = try #require(found["models"]?.elements)
        #expect(models.map { $0["model"]?.string } == [small.path, large.path])
        for (model, checkpoint) in zip(models, [small, large]) {
            let alone = try objects(checkpoint.run(["evaluate", data, "--json"]))[0]
            #expect(model["accuracy"] == alone["accuracy"])
            #expect(model["average_exit"] == alone["average_exit"])
            let compute = try #require(alone["relative_compute"]?.double)
            #expect(abs(try #require(model["relative_compute"]?.double) - compute) < 1e-9)
        }
        let labelled = try objects(
            self.run("label", [data, "--output", "-", "--cascade-threshold", "0.9"]))
        let right = labelled.enumerated().count { row, answer in
            answer["label"]?.string == ["negative", "positive"][row % 2]
        }
        #expect(found["accuracy"]?.double == Double(right) / 200)
        let handedOn = Double(labelled.count { $0["model"]?.string == large.path }) / 200
        #expect(abs(try #require(found["handed_on"]?.double) - handedOn) < 1e-9)
        let shares = models.compactMap { $0["share"]?.double }
        #expect(abs(shares[1] - handedOn) < 1e-9 && abs(shares[0] + shares[1] - 1) < 1e-9)
        #expect(found["speedup"]?["value"]?.double != nil)
        let text = self.run("evaluate", [data, "--cascade-threshold", "0.9"]).output
        #expect(text.contains("handed on") && text.contains("accuracy alone"))
    }

    @Test(arguments: [("0", 0.0), ("1.5", 1.0)])
    func `the compute of both ends is that of the models`(
        threshold: String, handedOn: Double
    ) throws {
        let run = run("evaluate", [data, "--cascade-threshold", threshold, "--json"])
        let found = try objects(run)[0]
        let models = try #require(found["models"]?.elements)
        let compute = models.compactMap { $0["relative_compute"]?.double }
        #expect(found["handed_on"]?.double == handedOn)
        #expect(
            abs(
                try #require(found["relative_compute"]?.double) - compute[0] - handedOn * compute[1]
            )
                < 1e-9)
        #expect(found["accuracy"] == models[handedOn == 0 ? 0 : 1]["accuracy"])
    }

    @Test func `calibrate saves a threshold, and all commands use it`() throws {
        let run = run("calibrate", [data, "--max-accuracy-drop", "20", "--json"])
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.notes.contains("wrote \(small.path)/exits/offramp.json"))
        let found = try objects(run)[0]
        let threshold = try #require(found["threshold"]?.double)
        #expect(found["rows"]?.int == 200)
        let evaluated = self.run("evaluate", [data, "--json"])
        #expect(evaluated.notes == "")
        let figures = try objects(evaluated)[0]
        #expect(figures["cascade_threshold"]?.double == threshold)
        for key in ["handed_on", "relative_compute"] { #expect(figures[key] == found[key]) }
        let lost = try #require(found["drop"]?.double)
        let accuracy = try #require(
            figures["models"]?.elements?[1]["accuracy"]?.double)
        #expect(abs(try #require(figures["accuracy"]?.double) - (accuracy - lost)) < 1e-9)
        let answers = self.run("classify", ["--json"] + texts)
        #expect(answers.notes == "")
        let given = self.run(
            "classify", ["--json", "--cascade-threshold", "\(threshold)"] + texts)
        #expect(answers.output == given.output)
        // Other policies are another cascade.
        #expect(
            self.run("classify", ["--policy", "full", "good"]).notes.contains(
                "nothing is calibrated"))
        let inspected = CommandRun(["inspect", small.path])
        #expect(inspected.lines.contains { $0.contains("cascade") && $0.contains("handed on") })
        // What the checkpoint does alone stays as it is.
        #expect(small.run(["classify", "good film"]).status == 0)
    }

    @Test func `a cascade that would save nothing is not saved`() throws {
        let settings = contents(small.path + "/exits/offramp.json")
        // The large model leaves at once.
        let run = run("calibrate", [data, "--speed", "fast"])
        #expect(run.status == 65 && run.notes.contains("no threshold"), "\(run.notes)")
        #expect(contents(small.path + "/exits/offramp.json") == settings)
    }

    static let refused: [([String], String)] = [
        (["classify", "--checkpoint", "x", "good"], "Either --checkpoint or --cascade"),
        (["classify", "--cascade-threshold=-1", "good"], "at least 0"),
        (["classify", "--explain", "good"], "--cascade or --explain"),
        (["classify", "--why", "good"], "--cascade or --why"),
        (["classify", "--anytime", "good"], "--cascade or --anytime"),
        (["classify", "--deadline", "2ms", "good"], "--cascade or --deadline"),
        (["label", "x.csv", "--output", "-", "--watch", "5"], "--cascade or --watch"),
        (["evaluate", "x.tsv", "--sweep"], "--cascade or --sweep"),
        (["evaluate", "x.tsv", "--report", "x.html"], "--cascade or --report"),
        (["calibrate", "x.tsv", "--risk", "0.1"], "only --max-accuracy-drop"),
        (["calibrate", "x.tsv", "--name", "x"], "--cascade or --name"),
        (["calibrate", "x.tsv", "--unlabelled"], "--cascade or --unlabelled"),
        (["calibrate", "x.tsv", "--cascade-threshold", "0.5"], "what this command makes"),
    ]

    @Test(arguments: refused)
    func `options that are about one model are refused`(arguments: [String], words: String) {
        let run = run(arguments[0], Array(arguments.dropFirst()))
        #expect(run.status == 64 && run.output == "")
        #expect(run.notes.contains(words), "\(run.notes)")
    }

    @Test(arguments: ["", "a", "a,", ",b"])
    func `a cascade has at least two folders`(cascade: String) {
        let run = CommandRun(["classify", "--cascade", cascade, "good"])
        #expect(run.status == 64 && run.notes.contains("at least two folders"), "\(run.notes)")
        #expect(small.run(["classify", "--cascade-threshold", "0.5", "good"]).status == 64)
    }

    @Test func `checkpoints that do not go together are named`() throws {
        func run(_ other: TinyCheckpoint) -> CommandRun {
            CommandRun(["classify", "--cascade", "\(other.path),\(large.path)", "good"])
        }
        let labels = try TinyCheckpoint(task: .classification(["bad", "good"]))
        let several = try TinyCheckpoint(
            task: ModelTask(.multiLabel, labelNames: ["negative", "positive"]))
        for other in [labels, several] {
            let run = run(other)
            #expect(run.status == 65 && run.output == "")
            #expect(run.notes.contains(other.path) && run.notes.contains(large.path))
        }
        let number = try TinyCheckpoint(task: .regression)
        #expect(run(number).status == 64 && run(number).notes.contains("no confidence"))
        let missing = CommandRun(["classify", "--cascade", "/nowhere,\(large.path)", "good"])
        #expect(missing.status == 66 && missing.notes.contains("/nowhere"))
    }
}
