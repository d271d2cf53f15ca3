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

    @Test func `lists say the same in any order`() throws {
        let tagged = (0..<5).map { "text \($0)\tx,y" }
        let table = try check(
            tagged + ["text 0\ty,x", "text 1\ty, x,y", "text 2\tx"], separator: ",")
        #expect(
            found(table) == [
                "contradiction train.tsv:4 train.tsv:9", "duplicate train.tsv:2 train.tsv:7",
                "duplicate train.tsv:3 train.tsv:8",
            ])
        let rows = (0..<5).map { #"{"text": "text \#($0)", "label": ["x", "y"]}"# }
        let turned = #"{"text": "text 3", "label": ["y", "x"]}"#
        let path = folder.file("train.jsonl", (rows + [turned]).joined(separator: "\n"))
        #expect(try found(DataCheck([path])) == ["duplicate train.jsonl:4 train.jsonl:6"])
    }

    @Test func `numbers say the same in any form`() throws {
        let classes = (0..<5).flatMap { ["good \($0)\t1", "bad \($0)\t0"] }
        let ofClasses = try check(classes + ["good 0\t1.0", "bad 0\t1.0"])
        #expect(
            found(ofClasses).filter { !$0.hasPrefix("rare") } == [
                "contradiction train.tsv:3 train.tsv:13", "duplicate train.tsv:2 train.tsv:12",
            ])
        let values = (0..<30).map { "text \($0)\t\(Double($0) / 4)" }
        let ofValues = try check(values + ["text 4\t1", "text 5\t1"])
        #expect(
            found(ofValues) == [
                "contradiction train.tsv:7 train.tsv:33", "duplicate train.tsv:6 train.tsv:32",
            ])
    }

    @Test func `rows to measure on that cannot be read are found, too`() throws {
        let check = try check(good, dev: ["another film\tpos", "broken"])
        #expect(found(check) == ["unreadable dev.tsv:3"])
        #expect(check.rowCount == 10)
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
