import OfframpFiles
import TestFiles
import Testing

@Suite struct BenchmarkTests {
    private let checkpoint: TinyCheckpoint
    private let data: String

    init() throws {
        checkpoint = try TinyCheckpoint()
        let rows = TinyCheckpoint.words.map { "a \($0) film\n" }
        data = checkpoint.folder.file("data.txt", rows.joined())
    }

    private func run(_ arguments: [String]) -> CommandRun {
        checkpoint.run(["benchmark", data, "--rounds", "2"] + arguments)
    }

    @Test func `JSON is one object whose figures stand inside their intervals`() throws {
        let run = run(["--json", "--threads", "1", "--batch-tokens", "7", "--precision", "int8"])
        #expect(run.status == 0)
        let figures = try JSON(parsing: run.output, from: "output")
        #expect(figures["texts"]?.int == 10)
        #expect(figures["policy"] == "confidence:0.7")
        #expect(figures["precision"] == "int8")
        #expect(figures["workers"]?.int == 1)
        #expect(figures["batch_tokens"]?.int == 7)
        #expect(figures["limit"] == nil)
        let latency = try #require(figures["latency_ms"])
        for figure in [figures["rows_per_second"]] + ["p50", "p95", "p99"].map({ latency[$0] }) {
            let ends = try ["lower", "value", "upper"].map { try #require(figure?[$0]?.double) }
            #expect(ends == ends.sorted())
        }
    }

    @Test func `a deadline has its overrun, beside the time of a layer`() throws {
        let run = run(["--json", "--deadline", "3600s", "--policy", "full"])
        #expect(run.status == 0)
        let figures = try JSON(parsing: run.output, from: "output")
        for quantile in ["p50", "p99"] {
            #expect(figures["overrun_ms"]?[quantile]?["value"]?.double == 0)
            #expect(figures["layer_ms"]?[quantile]?["value"]?.double ?? 0 > 0)
        }
        let none = try JSON(
            parsing: self.run(["--json", "--deadline", "0.001us"]).output, from: "output")
        #expect(none["overrun_ms"]?["p50"]?["value"]?.double ?? 0 > 0)
    }

    // By hand: two layers of width 32 with 52 between, 5 tokens a text ([CLS] and [SEP] included),
    // and the mean heads for two labels that the policy reads.
    private static let weights: Double = 4 * 32 * 32 + 2 * 32 * 52
    private static let attention: Double = 2 * 32 * 5
    private static let layer: Double = 5 * (weights + attention)
    private static let head: Double = 2 * 32 * 2
    private static let work: [(String, Double)] = [
        ("full", 2 * layer + head), ("depth:0", head), ("confidence:1", 2 * layer + 3 * head),
    ]

    @Test(arguments: work)
    func `multiply-adds are those of the layers and heads that ran`(
        policy: String, perText: Double
    ) throws {
        let run = run(["--json", "--limit", "--policy", policy])
        let figures = try JSON(parsing: run.output, from: "output")
        let texts = try #require(figures["rows_per_second"]?["value"]?.double)
        let reached = try #require(
            figures["limit"]?["multiply_adds_per_second"]?["value"]?.double)
        #expect(abs(reached / texts / perText - 1) < 1e-6)
    }

    @Test(arguments: ["float32", "bfloat16", "int8"])
    func `the limit is measured at every precision, the fastest product first`(
        precision: String
    ) throws {
        let run = run(["--json", "--limit", "--precision", precision])
        let limit = try #require(JSON(parsing: run.output, from: "output")["limit"])
        let rates = try #require(limit["products"]?.elements).compactMap {
            $0["multiply_adds_per_second"]?.double
        }
        #expect(rates.count == 9)
        #expect(rates == rates.sorted(by: >))
        #expect(rates.allSatisfy { $0 > 0 })
        #expect(try #require(limit["products_alone"]?["value"]?.double) > 0)
        #expect(try #require(limit["share"]?["value"]?.double) > 0)
    }

    @Test func `people get tables`() {
        let text = run(["--limit"]).output
        for fragment in [
            "texts per second", "median", "tokens per batch", "share of that limit", "rows of",
        ] {
            #expect(text.contains(fragment), "\(fragment)")
        }
    }

    @Test func `a file without texts is refused`() {
        let path = checkpoint.folder.file("empty.txt", "")
        let run = checkpoint.run(["benchmark", path])
        #expect(run.status == 65)
        #expect(run.notes.contains("at least one"), "\(run.notes)")
    }
}
