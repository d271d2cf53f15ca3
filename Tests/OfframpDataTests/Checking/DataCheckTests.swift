import OfframpData
import TestFiles
import Testing

@Suite struct DataCheckTests {
    private let folder = TemporaryFolder()

    private func check(
        _ rows: [String], dev: [String] = [], separator: Character? = nil,
        isTooLong: ((String, String?) -> Bool)? = nil
    ) throws -> DataCheck {
        func file(_ name: String, _ rows: [String]) -> String {
            folder.file(name, (["text\tlabel"] + rows).joined(separator: "\n") + "\n")
        }
        return try DataCheck(
            [file("train.tsv", rows)], dev: dev.isEmpty ? [] : [file("dev.tsv", dev)],
            separator: separator, isTooLong: isTooLong)
    }

    /// The findings as kinds with their lines.
    private func found(_ check: DataCheck) -> [String] {
        check.findings.map { finding in
            let lines = finding.places.map {
                $0.split(separator: "/").last.map { String($0.prefix { $0 != " " && $0 != "," }) }
                    ?? ""
            }
            return ([finding.kind.rawValue] + lines).joined(separator: " ")
        }
    }

    /// Five rows of each of two labels that nothing is wrong with.
    private let good = (0..<5).flatMap { ["good film \($0)\tpos", "bad film \($0)\tneg"] }

    @Test func `nothing is found in good rows`() throws {
        let check = try check(good, dev: ["another film\tpos"])
        #expect(check.findings.isEmpty)
        #expect(check.rowCount == 10)
        #expect(check.labels.map(\.name) == ["neg", "pos"])
        #expect(check.labels.map(\.rows) == [5, 5])
    }

    @Test func `every kind is found with its lines, the worst first`() throws {
        let check = try check(
            good + [
                "good film 0\tpos", "bad  film 1 \tpos", " \tneg", "a film\t", "broken",
                "one\trare",
                "far too long\tneg",
            ], dev: ["good film 2\tneg"]
        ) { text, _ in text.contains("too long") }
        #expect(
            found(check) == [
                "unreadable train.tsv:16", "contradiction train.tsv:5 train.tsv:13",
                "leak train.tsv:6 dev.tsv:2", "empty train.tsv:14", "unlabelled train.tsv:15",
                "rare label", "too long train.tsv:18", "duplicate train.tsv:2 train.tsv:12",
            ])
    }

    @Test func `lists of labels are counted by their parts`() throws {
        let check = try check(
            ["a\tx,y", "b\tx", "c\ty,z", "d\tx,z", "e\tz,x", "f\ty,x", "g\ty,z", "h\ty,z"],
            separator: ",")
        #expect(check.labels.map(\.name) == ["x", "y", "z"])
        #expect(check.labels.map(\.rows) == [5, 5, 5])
        #expect(check.findings.isEmpty)
    }

    @Test func `numbers are no labels`() throws {
        let check = try check((0..<30).map { "text \($0)\t\(Double($0) / 7)" })
        #expect(check.labels.isEmpty)
        #expect(check.findings.isEmpty)
    }

    @Test func `before training the worst is told in a sentence`() throws {
        func dataset(_ name: String, _ rows: [String]) throws -> Dataset {
            let lines = (["text\tlabel"] + rows).joined(separator: "\n") + "\n"
            return try Dataset([folder.file(name, lines)])
        }
        let train = try dataset("a.tsv", ["x\tp", "x \tn", "y\tp", "y\tp", "z\tn"])
        let dev = try dataset("b.tsv", ["y\tp", "w\tn", "z\tn"])
        let warning = try #require(train.warning(against: dev))
        #expect(
            warning.hasSuffix(
                "a.tsv: 1 texts under several labels, 2 texts that are in --dev too; "
                    + "offramp check lists them"))
        #expect(try dataset("c.tsv", ["q\tp", "r\tn"]).warning(against: dev) == nil)
    }
}
