import Glibc
import OfframpFiles
import TestFiles
import Testing

@Suite struct TrainTests {
    private let checkpoint: TinyCheckpoint
    private let data: String
    private var folder: TemporaryFolder { checkpoint.folder }

    init() throws {
        checkpoint = try TinyCheckpoint()
        let words = TinyCheckpoint.words
        let rows = words.indices.flatMap { first in
            words.indices.map { "\(words[first]) \(words[$0])\t\(first % 2)" }
        }
        data = checkpoint.folder.file(
            "train.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
    }

    private func arguments(_ output: String) -> [String] {
        [
            "train", data, "--backbone", checkpoint.backbone, "--output", folder(output),
            "--hold-out", "0.2", "--epochs", "1", "--batch", "8",
        ]
    }

    private func train(_ output: String, _ more: [String] = []) -> CommandRun {
        CommandRun(arguments(output) + more)
    }

    @Test(arguments: [
        "offramp", "fastbert", "deebert", "pabee", "ztw", "branchynet", "shallow-deep", "mebert",
        "berxit", "elasticbert", "romebert", "cdl", "act", "palbert", "depth-adaptive",
    ])
    func `a trained checkpoint classifies`(method: String) throws {
        let run = train("out", ["--method", method, "--labels", "no,yes", "--dev", data])
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.notes.contains("epoch 1 of 1, by depth:"))
        let answer = CommandRun(
            ["classify", "--json", "--checkpoint", folder("out"), "--method", method, "good film"])
        let label = try JSON(parsing: answer.output, from: "output")["label"]?.string
        #expect(["no", "yes"].contains(label))
        let settings = try JSON(file: folder("out/exits/\(method).json"))
        #expect(settings["operating_points"]?.members?.count == 3)
        #expect(settings["results"]?["report"]?["rows"]?.int == 100)
    }

    @Test(arguments: ["offramp", "fastbert", "berxit", "act"])
    func `texts with several labels are learned and answered`(method: String) throws {
        let words = TinyCheckpoint.words
        let rows = words.indices.flatMap { first in
            words.indices.map { second in
                let labels = [first % 2 == 0 ? "even" : nil, second % 3 == 0 ? "third" : nil]
                let cell = labels.compactMap(\.self).joined(separator: ";")
                return "\(words[first]) \(words[second])\t\(cell)"
            }
        }
        let path = folder.file("sets.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
        let run = CommandRun([
            "train", path, "--backbone", checkpoint.backbone, "--output", folder("sets"),
            "--hold-out", "0.2", "--epochs", "1", "--method", method, "--label-separator", ";",
        ])
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.notes.contains("multi-label of texts, 2 labels: even, third"))
        #expect(run.notes.contains("micro F1"))
        let answer = CommandRun(["classify", "--json", "--checkpoint", folder("sets"), "good film"])
        let labels = try JSON(parsing: answer.output, from: "output")["label"]?.elements
        #expect(labels?.allSatisfy { ["even", "third"].contains($0.string) } ?? false)
        let scores = CommandRun([
            "evaluate", path, "--checkpoint", folder("sets"), "--json", "--label-separator", ";",
        ])
        let report = try JSON(parsing: scores.output, from: "output")
        for metric in ["f1_micro", "f1_macro", "subset_accuracy"] {
            #expect(report[metric]?.double.map { (0...1).contains($0) } ?? false, "\(metric)")
        }
        let lists = folder.file(
            "sets.jsonl",
            (0..<8).map { index in
                let labels = [#""a""#, #""a", "b""#, ""][index % 3]
                return #"{"text": "film \#(index)", "label": [\#(labels)]}"#
            }.joined(separator: "\n"))
        let named = CommandRun([
            "train", lists, "--dev", lists, "--backbone", checkpoint.backbone, "--output",
            folder("named"), "--freeze", "--labels", "b,a",
        ])
        #expect(named.status == 0, "\(named.notes)")
        #expect(named.notes.contains("multi-label of texts, 2 labels: b, a"))
        let single = CommandRun(["evaluate", data, "--checkpoint", folder("sets")])
        #expect(single.status == 65, "\(single.notes)")
        #expect(single.notes.contains("a list of labels"))
    }

    @Test func `texts without labels are for methods that need none`() throws {
        let texts = folder.file("more.txt", "good film\nbad film\nthe film was good\n")
        let refused = train("out", ["--unlabelled", texts])
        #expect(refused.status == 64)
        #expect(refused.notes.contains("the method fastbert, or the objective distil"))
        #expect(!folder.names.contains("out"))
        let run = train("out", ["--unlabelled", texts, "--method", "fastbert", "--batch", "1"])
        #expect(run.status == 0, "\(run.notes)")
    }

    @Test func `texts without labels from a pipe are read in one way, as it is read once`() {
        let options = ["--text-column", "sentence", "--label-column", "label"]
        let run = CommandRun(
            arguments("out") + options + ["--unlabelled", "-"], input: "good film\nbad film\n")
        #expect(run.status == 65)
        #expect(run.notes.contains("expected the column \"sentence\""), "\(run.notes)")
    }

    @Test func `rare labels can count more`() throws {
        let run = train("out", ["--class-weights", "balanced", "--head", "linear"])
        #expect(run.status == 0, "\(run.notes)")
        let settings = try JSON(file: folder("out/exits/offramp.json"))
        #expect(settings["training"]?["class_weights"]?.string == "balanced")
        #expect(settings["head"]?.string == "linear")
    }

    /// Equal texts, a label with a single row, very few rows, numbers, pairs.
    @Test(arguments: [
        "film\t1\nfilm\t0\nfilm\t1\nfilm\t0\nfilm\t1\n",
        "good\tyes\nbad\tno\nfilm\tno\na\tno\nwas\tno\n",
        "good\tyes\nbad\tno\n", "good\t1.5\nbad\t0.25\nfilm\t3\nthe\t3\n",
    ])
    func `thin data gives heads all the same on a frozen backbone`(rows: String) throws {
        let path = folder.file("thin.tsv", "sentence\tlabel\n" + rows)
        let run = CommandRun([
            "train", path, "--dev", path, "--backbone", checkpoint.backbone, "--output",
            folder("thin"), "--freeze",
        ])
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.notes.contains("always "))
        let answer = CommandRun(["classify", "--json", "--checkpoint", folder("thin"), "good"])
        let found = try JSON(parsing: answer.output, from: "output")
        // A regression's answer is its number.
        let number = found["score"]?.double ?? found["label"]?.double
        #expect(number?.isFinite ?? false, "\(answer.output)")
    }

    @Test func `pairs are compared, and by units of their tokens on a frozen backbone`() throws {
        let rows = (0..<30).map { "good film\t\($0 % 2 == 0 ? "good film" : "bad")\t\($0 % 2)" }
        let path = folder.file(
            "pairs.tsv", "sentence1\tsentence2\tlabel\n" + rows.joined(separator: "\n"))
        for (flags, head) in [
            ([], "pair-convolution"), (["--freeze"], "pair-convolution"),
            (["--freeze", "--head", "pair-cascade"], "pair-cascade"),
        ] {
            let output = folder("\(head)\(flags.count)")
            let run = CommandRun(
                [
                    "train", path, "--dev", path, "--backbone", checkpoint.backbone, "--output",
                    output, "--epochs", "1",
                ] + flags)
            #expect(run.status == 0, "\(run.notes)")
            let settings = try JSON(file: "\(output)/exits/offramp.json")
            #expect(settings["head"] == .string(head))
            // What was solved for had no epochs and no rate.
            let stage = settings["training"]?["stages"]?.elements?.first
            let isSolved = head == "pair-cascade"
            #expect((stage?["solved"] == .bool(true)) == isSolved)
            #expect((stage?["learning_rate"] == nil) == isSolved)
            // Beside a backbone that learns, ten times its rate and three times that of other heads.
            if flags.isEmpty { #expect(stage?["head_factor"] == .number(30)) }
        }
    }

    @Test func `the metric that is asked for is the one that is chosen and reported by`() throws {
        let run = train("out", ["--metric", "matthews_correlation", "--dev", data])
        #expect(run.notes.contains("Matthews correlation"))
        let results = try JSON(file: folder("out/exits/offramp.json"))["results"]
        let exit = results?["report"]?["exits"]?.elements?.first
        #expect(exit?["matthews_correlation"] != nil && exit?["accuracy"] == nil)
        let sweep = CommandRun(
            ["evaluate", data, "--checkpoint", folder("out"), "--sweep", "--json"])
        let point = try JSON(
            parsing: sweep.output.prefix { $0 != "\n" }.description, from: "output")
        #expect(point["matthews_correlation"] != nil && point["accuracy"] == nil)
        let wrong = train("wrong", ["--metric", "pearson"])
        #expect(wrong.status == 64 && wrong.notes.contains("accuracy, f1, matthews_correlation"))
    }

    @Test func `a seed gives one result`() throws {
        for output in ["first", "second"] { #expect(train(output, ["--quiet"]).status == 0) }
        #expect(train("third", ["--quiet", "--seed", "1"]).status == 0)
        let weights = ["first", "second", "third"].map { folder("\($0)/model.safetensors") }
        #expect(try bytes(weights[0]) == bytes(weights[1]))
        #expect(try bytes(weights[0]) != bytes(weights[2]))
    }

    @Test func `every seed holds the same rows out, so that runs can be averaged`() {
        // Of each sentence all beginnings are rows too: which ones are drawn shows in how many drop.
        let rows = (2..<12).flatMap { length in
            (1...length).map { end in (0..<end).map { "w\(length)n\($0)" }.joined(separator: " ") }
        }
        let file = folder.file(
            "prefixes.tsv",
            "sentence\tlabel\n" + rows.map { "\($0)\t\($0.count % 2)" }.joined(separator: "\n"))
        let splits = (1...4).map { seed in
            let run = CommandRun(
                [
                    "train", file, "--backbone", checkpoint.backbone, "--hold-out", "0.2",
                    "--output", folder("seed\(seed)"), "--epochs", "1", "--seed", "\(seed)",
                ])
            return run.notes.split(separator: "\n").first { $0.contains("to choose by") } ?? ""
        }
        #expect(Set(splits).count == 1 && splits[0].contains("2 to choose by"), "\(splits)")
    }

    @Test func `a killed run that is resumed gives the weights of an uninterrupted one`() throws {
        let epochs = ["--epochs", "100", "--quiet"]
        #expect(train("whole", epochs).status == 0)
        let process = CommandProcess(
            arguments("killed") + epochs, input: "/dev/null", output: "/dev/null",
            notes: folder("notes"))
        #expect(eventually { access(folder("killed/exits/.offramp.state.safetensors"), F_OK) == 0 })
        process.send(SIGKILL)
        #expect(process.wait() == -SIGKILL)
        #expect(access(folder("killed/model.safetensors"), F_OK) != 0)
        #expect(train("killed", epochs + ["--resume"]).status == 0)
        for file in ["model.safetensors", "exits/offramp.safetensors", "exits/offramp.json"] {
            #expect(
                try bytes(folder("whole/\(file)")) == bytes(folder("killed/\(file)")), "\(file)")
        }
    }

    @Test func `heads of another method join a checkpoint whose backbone stays`() throws {
        #expect(train("out").status == 0)
        let before = try bytes(folder("out/model.safetensors"))
        let run = train("out", ["--backbone", folder("out"), "--freeze", "--method", "ztw"])
        #expect(run.status == 0, "\(run.notes)")
        #expect(try bytes(folder("out/model.safetensors")) == before)
        let methods = CommandRun(["inspect", folder("out"), "--json"])
        let names = try JSON(parsing: methods.output, from: "output")["methods"]?.elements
        #expect(names?.map { $0["method"] } == ["offramp", "ztw"])
    }

    @Test func `what stands in the output folder is replaced only by force`() {
        #expect(train("out").status == 0)
        let refused = train("out")
        #expect(refused.status == 64)
        #expect(refused.notes.contains("--force"))
        #expect(train("out", ["--force"]).status == 0)
    }

    @Test func `no new backbone is put under the heads of other methods, by force either`() throws {
        #expect(train("out").status == 0)
        let frozen = ["--backbone", folder("out"), "--freeze", "--method", "ztw"]
        #expect(train("out", frozen).status == 0)
        let old = try bytes(folder("out/model.safetensors"))
        let refused = train("out", ["--force"])
        #expect(refused.status == 64)
        #expect(refused.notes.contains("heads of ztw"), "\(refused.notes)")
        #expect(try bytes(folder("out/model.safetensors")) == old)
        let again = ["--backbone", folder("out"), "--freeze", "--force"]
        #expect(train("out", again).status == 0)
    }

    @Test func `a regression's progress is told in correlations`() throws {
        let rows = TinyCheckpoint.words.flatMap { word in
            (0..<3).map { "\(word) \(TinyCheckpoint.words[$0])\t\(Double($0) + 0.5)" }
        }
        let values = folder.file("values.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
        let run = CommandRun(
            [
                "train", values, "--backbone", checkpoint.backbone, "--output", folder("out"),
                "--dev", values, "--epochs", "1", "--depths", "0,2", "--task", "regression",
            ])
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.notes.contains("a regression from 0.5 to 2.5 on texts, the mean is 1.50"))
        let line = try #require(run.notes.split(separator: "\n").first { $0.hasPrefix("epoch 1") })
        #expect(
            line.contains(try Regex("by depth: 0: \(Self.correlation)  2: \(Self.correlation)")))
        let table = CommandRun(["inspect", folder("out")]).output
        #expect(table.contains(try Regex("validation +2 +\(Self.correlation)\n")), "\(table)")
    }

    private static let correlation = "-?[01]\\.[0-9]{3}"

    private static let badUse: [([String], Int32, String)] = [
        (["--method", "nonsense"], 64, "one of offramp, fastbert, deebert"),
        (["--depths", "0,5"], 64, "depths from 0 to 2"),
        (["--depths", "2,1"], 64, "--depths"),
        (["--learning-rate", "-1"], 64, "--learning-rate"),
        (["--hold-out", "1.5"], 64, "--hold-out"),
        (["--teacher-share", "1.5"], 64, "--teacher-share"),
        (["--consistency", "-1"], 64, "--consistency"),
        (["--consistency", "1", "--freeze"], 64, "--consistency"),
        (["--teacher", "/nowhere"], 66, "/nowhere"),
        (["--precision", "int8"], 64, "float32"),
        (["--batch", "0"], 64, "whole number from 1"),
        (["--batch", "200000000000000000"], 64, "whole number from 1 to 2147483647"),
        (["--labels", "one"], 64, "at least two different names"),
        (["--backbone", "/nowhere"], 66, "/nowhere"),
        (["--dev", "/nowhere.tsv"], 66, "/nowhere.tsv"),
        (["--text-column", "words"], 65, "words"),
        (["--head", "crown"], 64, "one of linear, mean"),
        (["--objective", "nonsense"], 64, "one of final, sum"),
        (["--objective", "alternating-scores"], 64, "one of the methods berxit"),
        (["--objective", "distil"], 64, "one of the methods fastbert, deebert"),
        (["--method", "fastbert", "--head", "shared-pooler"], 64, "tied to each other"),
        (["--method", "cdl", "--head", "branch"], 64, "linear, mean or pair"),
        (["--policy", "patience-confidence:9"], 64, "a whole number from 1 to 2"),
        (["--policy", "uncertainty:top=99"], 64, "top=N"),
        (["--policy", "nonsense"], 64, "one of full, depth"),
        (["--policy", "confidence:0.9,top=3"], 64, "option top"),
        (["--policy", "learned"], 64, "heads without a score"),
        (["--class-weights", "/nowhere.json"], 66, "/nowhere.json"),
        (["--labels", "0,1,2"], 65, "no row of the label \"2\""),
        (["--label-separator", ";"], 65, "no row with several labels"),
        (["--label-separator", "and"], 64, "one character"),
    ]

    @Test(arguments: badUse)
    func `what cannot be trained is refused before anything is written`(
        arguments: [String], status: Int32, fragment: String
    ) {
        let run = train("out", arguments)
        #expect(run.status == status)
        #expect(run.notes.contains(fragment), "\(run.notes)")
        #expect(!folder.names.contains("out"))
    }

    @Test func `texts are cut in use as they were in training`() throws {
        #expect(train("out", ["--max-length", "4"]).status == 0)
        let text = Array(repeating: "film", count: 9).joined(separator: " ")
        func ids(_ checkpoint: String) -> Int {
            CommandRun(["tokenize", "--checkpoint", checkpoint, text]).output
                .split(separator: " ").count
        }
        #expect(ids(checkpoint.backbone) == 11)
        #expect(ids(folder("out")) == 4)
        var heads = arguments("out")
        heads[heads.firstIndex(of: checkpoint.backbone)!] = folder("out")
        heads += ["--freeze", "--method", "ztw"]
        let other = CommandRun(heads + ["--max-length", "5"])
        #expect(other.status == 64)
        #expect(other.notes.contains("maximum length: found 5, expected 4"), "\(other.notes)")
        #expect(CommandRun(heads + ["--max-length", "4"]).status == 0)
    }

    @Test func `a teacher of other labels is refused before anything is written`() {
        let run = train("out", ["--labels", "no,yes", "--teacher", checkpoint.path])
        #expect(run.status == 64)
        #expect(run.notes.contains("teacher \(checkpoint.path)"), "\(run.notes)")
        #expect(!folder.names.contains("out"))
    }

    @Test func `a teacher's written answers teach as the teacher itself`() throws {
        let label = CommandRun([
            "label", data, "--checkpoint", checkpoint.path, "--policy", "full", "--columns",
            "probabilities", "--output", folder("answers.jsonl"),
        ])
        #expect(label.status == 0, "\(label.notes)")
        func scores(_ output: String, _ teacher: [String]) throws -> [Double] {
            let run = train(output, ["--labels", "negative,positive", "--freeze"] + teacher)
            #expect(run.status == 0, "\(run.notes)")
            let answers = CommandRun(
                ["classify", "--json", "--checkpoint", folder(output), "--policy", "full"]
                    + TinyCheckpoint.words)
            return try answers.lines.map {
                let found = try JSON(parsing: $0, from: "output")["probabilities"]?["positive"]
                return try #require(found?.double)
            }
        }
        func difference(_ a: [Double], _ b: [Double]) -> Double {
            zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
        }
        let written = try scores("a", ["--teacher", folder("answers.jsonl")])
        let asked = try scores("b", ["--teacher", checkpoint.path])
        let untaught = try scores("c", [])
        #expect(difference(written, untaught) > 0.02)
        // Written probabilities have seven digits, and the solver stops near an optimum.
        #expect(difference(written, asked) < difference(written, untaught) / 10)
    }

    @Test func `a text that a teacher's file does not answer is named before anything is written`()
    {
        let answers = folder.file(
            "answers.jsonl", #"{"text": "good", "probabilities": {"no": 0.5, "yes": 0.5}}"# + "\n")
        let run = train("out", ["--labels", "no,yes", "--teacher", answers])
        #expect(run.status == 65)
        #expect(run.notes.contains("\(answers): found no answer to"), "\(run.notes)")
        #expect(!folder.names.contains("out"))
    }

    @Test func `the state of an interrupted run is not thrown away in silence`() throws {
        let state = folder("out/exits/.offramp.state.safetensors")
        mkdir(folder("out"), 0o755)
        mkdir(folder("out/exits"), 0o755)
        _ = folder.file("out/exits/.offramp.state.safetensors", "hours of work")
        let refused = train("out")
        #expect(refused.status == 64)
        #expect(refused.notes.contains("--resume to go on with it, or --force"), "\(refused.notes)")
        #expect(contents(state) == "hours of work")
        #expect(train("out", ["--force"]).status == 0)
        #expect(Folder.names(in: folder("out/exits")) == ["offramp.json", "offramp.safetensors"])
        let fresh = train("other", ["--resume"])
        #expect(fresh.status == 0 && fresh.notes.contains("no saved state to resume"))
    }

    @Test func `labels are the file's where the backbone was a classifier of others`() throws {
        let classifier = Fixture.path("training/classifier")
        var arguments = arguments("out")
        arguments[3] = classifier
        let run = CommandRun(arguments)
        #expect(run.status == 0, "\(run.notes)")
        #expect(try JSON(file: folder("out/config.json"))["id2label"] == ["0": "0", "1": "1"])
        let empty = train("named", ["--labels", "no,,yes"])
        #expect(empty.status == 64)
    }
}
