import OfframpFiles
import TestFiles
import Testing

@Suite struct EvaluateTests {
    private let checkpoint: TinyCheckpoint
    private let data: String

    init() throws {
        checkpoint = try TinyCheckpoint()
        let rows = TinyCheckpoint.words.enumerated().map { "a \($1) film\t\($0 % 2)" }
        data = checkpoint.folder.file(
            "data.tsv", "sentence\tlabel\n" + rows.joined(separator: "\n"))
    }

    private func run(_ arguments: [String]) -> CommandRun {
        checkpoint.run(["evaluate", data] + arguments)
    }

    @Test func `JSON is one object with stable keys`() throws {
        let run = run(["--json"])
        #expect(run.status == 0)
        let figures = try JSON(parsing: run.output, from: "output")
        let keys = [
            "rows", "accuracy", "average_exit", "relative_compute", "exits", "rows_per_second",
            "speedup", "speedup_alone", "overthinking", "labels", "averages",
        ]
        for key in keys { #expect(figures[key] != nil, "\(key)") }
        #expect(figures["rows"]?.int == 10)
        for key in ["speedup", "speedup_alone"] {
            let (lower, upper) = (figures[key]?["lower"]?.double, figures[key]?["upper"]?.double)
            #expect(try #require(lower) > 0 && #require(upper) >= #require(lower), "\(key)")
        }
        let exits = try #require(figures["exits"]?.elements)
        #expect(
            exits.map { Set($0.members?.map(\.key) ?? []) }
                == Array(
                    repeating: [
                        "depth", "share", "accuracy", "f1", "matthews_correlation",
                        "calibration_error", "auroc",
                    ], count: 3))
        #expect(abs(exits.compactMap { $0["share"]?.double }.reduce(0, +) - 1) < 1e-9)
    }

    @Test func `of a training file what was held out can be measured alone`() throws {
        let output = checkpoint.folder("trained")
        let train = CommandRun([
            "train", data, "--hold-out", "0.3", "--freeze", "--backbone", checkpoint.backbone,
            "--output", output,
        ])
        #expect(train.status == 0, "\(train.notes)")
        let exits = try JSON(parsing: contents("\(output)/exits/offramp.json"), from: "exits")
        let trained = exits["results"]?["validation"]?["exits"]?.elements
        let run = CommandRun([
            "evaluate", data, "--hold-out", "0.3", "--json", "--checkpoint", output,
        ])
        let figures = try JSON(parsing: run.output, from: "output")
        #expect(figures["rows"] == exits["results"]?["validation"]?["rows"])
        let found = figures["exits"]?.elements?.map { $0["accuracy"] }
        #expect(found == trained?.map { $0["accuracy"] })
        #expect(self.run(["--hold-out", "1.5"]).status == 64)
    }

    @Test func `of a file that train refuses nothing was held out`() {
        let path = checkpoint.folder.file("ragged.tsv", contents(data) + "\nragged\ngood\t7\n")
        let run = checkpoint.run(["evaluate", path, "--hold-out", "0.3", "--json"])
        #expect(run.status == 65 && run.output == "")
        #expect(run.notes.contains("ragged.tsv:12: found 1 column"), "\(run.notes)")
        #expect(run.notes.contains("(and 1 more bad rows)"), "\(run.notes)")
    }

    @Test(arguments: [("full", 2.0), ("depth:1", 1), ("depth:0", 0)])
    func `a fixed depth is the average exit and answers with that exit's accuracy`(
        policy: String, depth: Double
    ) throws {
        let figures = try JSON(parsing: run(["--json", "--policy", policy]).output, from: "output")
        #expect(figures["average_exit"]?.double == depth)
        #expect(figures["accuracy"] == figures["exits"]?.elements?[Int(depth)]["accuracy"])
        if policy == "full" { #expect(figures["relative_compute"]?.double == 1) }
    }

    @Test func `the confusion matrix counts every row`() throws {
        let figures = try JSON(parsing: run(["--json"]).output, from: "output")
        let counts = try #require(figures["confusion"]?.elements).map {
            ($0.elements ?? []).compactMap(\.int)
        }
        #expect(counts.map { $0.reduce(0, +) } == [5, 5])
        let right = Double(counts[0][0] + counts[1][1])
        #expect(figures["accuracy"]?.double == right / 10)
    }

    @Test func `wrong answers are written with what every exit thought`() throws {
        let path = checkpoint.folder("wrong.jsonl")
        let run = run(["--json", "--errors", path])
        #expect(run.status == 0, "\(run.notes)")
        let figures = try JSON(parsing: run.output, from: "output")
        let accuracy = try #require(figures["accuracy"]?.double)
        let lines = try contents(path).split(separator: "\n").map {
            try JSON(parsing: String($0), from: path)
        }
        #expect(!lines.isEmpty && lines.count == Int((10 * (1 - accuracy)).rounded()))
        for line in lines {
            #expect(line["right"] != line["label"])
            let exits = try #require(line["exits"]?.elements)
            #expect(exits.compactMap { $0["depth"]?.int } == [0, 1, 2])
            let left = try #require(line["exit"]?.int)
            #expect(exits[left]["label"] == line["label"])
        }
        let again = self.run(["--errors", path])
        #expect(again.status != 0 && again.notes.contains("--force"))
        #expect(self.run(["--errors", path, "--force"]).status == 0)
    }

    @Test(arguments: ["confidence:0.7", "depth:1", "full"])
    func `a plot has the policy's curve, a dot for each depth and the chosen point`(policy: String)
        throws
    {
        let path = checkpoint.folder("curve.svg")
        let run = run(["--plot", path, "--policy", policy])
        #expect(run.status == 0, "\(run.notes)")
        let svg = contents(path)
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
        #expect(svg.split(separator: "<circle class=\"step\"").count == 1 + 3)
        // Where the policy is a fixed depth itself, the line of depths says it all.
        #expect(svg.contains("<polyline class=\"curve\"") == policy.hasPrefix("confidence"))
        #expect(svg.contains("<title>\(policy): "))
        #expect(!svg.contains("nan") && !svg.contains("<script"))
        let again = self.run(["--plot", path])
        #expect(again.status == 64 && again.notes.contains("--force"))
    }

    @Test func `a report is one page that shows everything and loads nothing`() throws {
        let path = checkpoint.folder("report.html")
        let run = run(["--report", path])
        #expect(run.status == 0, "\(run.notes)")
        #expect(run.notes.contains("wrote \(path)"))
        let page = contents(path)
        #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.hasSuffix("</html>\n"))
        let headings = [
            "The figures", "Quality against compute", "Exits", "How far confidence can be believed",
            "Labels", "Labels given for right ones", "Where texts left", "The surest wrong answers",
            "The hardest texts",
        ]
        let found = page.split(separator: "<h2>").dropFirst().map { $0.prefix { $0 != "<" } }
        #expect(found.map(String.init) == headings)
        #expect(page.split(separator: "<svg ").count == 1 + 1 + 3)
        let namespace = "xmlns=\"http://www.w3.org/2000/svg\""
        let rest = page.replacing(namespace, with: "")
        for word in ["http", "//", "<script", "src=", "url(", "nan"] {
            #expect(!rest.contains(word), "\(word)")
        }
        let again = self.run(["--report", path])
        #expect(again.status == 64 && again.notes.contains("--force"))
        #expect(contents(path) == page)
        #expect(self.run(["--report", path, "--force"]).status == 0)
    }

    @Test func `a report shows texts as they are`() {
        let path = checkpoint.folder("report.html")
        let data = checkpoint.folder.file(
            "marks.tsv", "sentence\tlabel\n<b>good</b> & \"bad\"\t0\n<b>good</b> & \"bad\"\t1\n")
        #expect(checkpoint.run(["evaluate", data, "--report", path]).status == 0)
        let page = contents(path)
        #expect(page.contains("&lt;b&gt;good&lt;/b&gt; &amp; &quot;bad&quot;"))
        #expect(!page.contains("<b>"))
    }

    @Test(arguments: [
        ["--report", "a", "--plot", "a"], ["--sweep", "--report", "a"], ["--force"],
    ])
    func `files that cannot all be written are refused`(arguments: [String]) {
        #expect(run(arguments).status == 64)
    }

    @Test func `a sweep walks from the full model to the fastest`() throws {
        let run = run(["--sweep", "--json", "--policy", "entropy"])
        let points = try run.lines.map { try JSON(parsing: $0, from: "output") }
        #expect(points[0]["policy"] == "full")
        let swept = points.dropFirst().prefix {
            $0["policy"]?.string?.hasPrefix("entropy:") == true
        }
        #expect(swept.count == 30)
        let depths = points[31...]
        #expect(depths.map { $0["policy"]?.string } == (0...2).map { "depth:\($0)" })
        #expect(depths.allSatisfy { $0["gain_over_depth"]?.double.map { abs($0) < 1e-9 } ?? false })
        #expect(swept.contains { ($0["gain_over_depth"]?.double ?? 0) > 0 })
        let exits = points[..<31].compactMap { $0["average_exit"]?.double }
        #expect(exits == exits.sorted(by: >))
    }

    @Test func `a sweep keeps the options of the policy that it is given`() throws {
        let run = run(["--sweep", "--json", "--policy", "confidence:0.5,most-confident"])
        let policies = try run.lines.map { try JSON(parsing: $0, from: "output")["policy"]?.string }
        #expect(policies.count == 31 + 3)
        for policy in policies.dropFirst().prefix(30) {
            #expect(policy?.hasPrefix("confidence:") == true)
            #expect(policy?.hasSuffix(",most-confident") == true)
        }
    }

    @Test func `people get tables`() {
        let text = run([]).output
        for fragment in ["accuracy", "average exit", "left here", "precision", "rows/s"] {
            #expect(text.contains(fragment), "\(fragment)")
        }
        #expect(run(["--sweep"]).output.contains("confidence:"))
    }

    private static let badData: [(String, Int32, String)] = [
        ("", 65, "an empty file"),
        ("sentence\tlabel\n", 65, "no rows"),
        ("words\tlabel\ngood\t1\n", 65, "\"words\""),
        ("sentence\ngood\n", 65, "a column with labels"),
        ("sentence\tlabel\ngood\tgreat\n", 65, "negative, positive"),
    ]

    @Test(arguments: badData)
    func `data that cannot be measured are refused`(text: String, status: Int32, fragment: String) {
        let path = checkpoint.folder.file("bad.tsv", text)
        let run = checkpoint.run(["evaluate", path])
        #expect(run.status == status)
        #expect(run.notes.contains(fragment), "\(run.notes)")
        #expect(run.output == "")
    }

    @Test func `single bad rows are named and left out`() throws {
        let path = checkpoint.folder.file(
            "ragged.tsv", "sentence\tlabel\ngood\t1\nragged\nbad\t0\nfine\tgreat\n")
        let run = checkpoint.run(["evaluate", path, "--json"])
        #expect(run.notes.contains("ragged.tsv:3"))
        #expect(run.notes.contains("ragged.tsv:5"))
        #expect(try JSON(parsing: run.output, from: "output")["rows"]?.int == 2)
    }
}
