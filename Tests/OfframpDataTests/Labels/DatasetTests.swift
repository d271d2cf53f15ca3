import OfframpData
import OfframpFiles
import TestFiles
import Testing

struct DatasetTests {
    let folder = TemporaryFolder()
    let kind: TargetKind

    init() throws { kind = .labels(try LabelSet(["negative", "positive"])) }

    @Test func `keeps good rows and names bad ones`() throws {
        let path = folder.file(
            "d.tsv", "sentence\tlabel\ngood\t1\nbad\t7\nragged\n\nno label\t\nfine\tnegative")
        let data = try Dataset([path], labels: .model(kind))
        #expect(data.rows.map(\.text) == ["good", "fine"])
        #expect(data.rows.map(\.target) == [.label(1), .label(0)])
        #expect(
            data.badRows.map(\.description) == [
                "\(path):3, column \"label\": found \"7\", expected one of negative, positive"
                    + " (or 0 to 1)",
                "\(path):4: found 1 column, expected 2 as in the first row",
                "\(path):6, column \"label\": found no label, expected one of negative, positive"
                    + " (or 0 to 1)",
            ])
    }

    @Test func `refuses bad rows when asked`() throws {
        let path = folder.file("d.tsv", "text\tlabel\na\t1\nb\t8\nc\t9\n")
        let data = try Dataset([path], labels: .model(kind))
        let error = #expect(throws: OfframpError.self) { try data.refusingBadRows() }
        #expect(error?.place == "\(path):3, column \"label\"")
        #expect(error?.expected.hasSuffix("(and 1 more bad rows)") == true)
        _ = try Dataset([folder.file("d.tsv", "text\tlabel\na\t1\n")], labels: .model(kind))
            .refusingBadRows()
    }

    static let refused: [(String, String)] = [
        ("sentence\tlabel\n", "d.tsv: found a header and no rows, expected at least one row"),
        (
            "sentence\ta\nx\ty\n",
            "d.tsv: found the columns \"sentence\", \"a\", expected a column with labels,"
                + " or its name or number with --label-column"
        ),
        (
            "sentence\tlabel\nx\ty\n",
            "d.tsv:2, column \"label\": found \"y\", expected one of negative, positive"
                + " (or 0 to 1) (and no row is good)"
        ),
    ]

    @Test(arguments: refused) func `refuses a file without one labelled row`(
        text: String, message: String
    ) {
        let error = #expect(throws: OfframpError.self) {
            try Dataset([folder.file("d.tsv", text)], labels: .model(kind))
        }
        #expect(error?.kind == .data)
        #expect(error?.description == folder(message))
    }

    @Test(arguments: [
        ("text\tlabel\n", "a header and no rows"), ("text\tlabel\na\tx\n", "one label, \"x\""),
        ("text\tlabel\na\t\n", "no label"),
    ])
    func `refuses a file without two labels when the model has none`(text: String, found: String) {
        let error = #expect(throws: OfframpError.self) {
            try Dataset([folder.file("d.tsv", text)])
        }
        #expect(error?.kind == .data)
        #expect(error?.place == folder("d.tsv"))
        #expect(error?.found == found)
    }

    @Test func `collects the labels when the model has none`() throws {
        let words = try Dataset([folder.file("w.csv", "text,category\na,up\nb,down\n")])
        #expect(words.kind == .labels(try LabelSet(["down", "up"])))
        let scores = try Dataset([folder.file("s.tsv", "text\tscore\na\t1.5\nb\t2\n")])
        #expect(scores.kind == .value)
        #expect(scores.rows.map(\.target) == [.value(1.5), .value(2)])
    }

    @Test func `blanks around labels are taken away, and twins are named`() throws {
        let path = folder.file("d.tsv", "text\tlabel\na\tup \nb\tdown\nc\tUp\nd\t\u{A0}down\n")
        let data = try Dataset([path])
        #expect(data.kind == .labels(try LabelSet(["Up", "down", "up"])))
        #expect(data.rows.map(\.target) == [.label(2), .label(1), .label(0), .label(1)])
        #expect(
            data.notes == [
                "\(path):2: blanks around a label were taken away, as in 1 more rows",
                "labels that differ only in case or blanks: \"Up\", \"up\"",
            ])
    }

    @Test func `several files are one data set`() throws {
        let first = folder.file("a.tsv", "text\tlabel\na\tx\n")
        let second = folder.file("b.jsonl", #"{"label": "y", "text": "b"}"# + "\n{}\n")
        let data = try Dataset([first, second])
        #expect(data.rows.map(\.text) == ["a", "b"])
        #expect(data.badRows.map(\.place) == ["\(second):2, column \"text\""])
        #expect(throws: OfframpError.self) { try Dataset([first, folder("none.tsv")]) }
    }

    @Test func `labels of fastText's are single unless a line has several`() throws {
        let single = try Dataset([folder.file("a.txt", "__label__x a\nb __label__y\nc\n")])
        #expect(single.kind == .labels(try LabelSet(["x", "y"])))
        #expect(single.rows.map(\.target) == [.label(0), .label(1)])
        #expect(single.badRows.map(\.found) == ["no label"])
        let several = try Dataset([folder.file("b.txt", "__label__x __label__y a\n__label__y b\n")])
        #expect(several.rows.map(\.target) == [.labels([0, 1]), .labels([1])])
    }

    @Test func `a label that is not UTF-8 is named as such`() throws {
        let bytes = Array("text,label\na,x\nb,".utf8) + [0xFF, 0x0A] + Array("c,y\n".utf8)
        let data = try Dataset([folder.file("d.csv", bytes)])
        #expect(data.badRows.map(\.place) == [folder("d.csv:3:3")])
    }

    struct RealFile: Sendable {
        let name: String
        let rows: Int
        var labels: Int? = 2
        var isPair = false
        var textColumn: String?
        var labelColumn: String?
    }

    static let realFiles = [
        RealFile(name: "sst2/train.tsv", rows: 67_349), RealFile(name: "sst2/dev.tsv", rows: 872),
        RealFile(name: "mrpc/train.tsv", rows: 3_668, isPair: true),
        RealFile(name: "mrpc/dev.tsv", rows: 408, isPair: true),
        RealFile(name: "rte/train.tsv", rows: 2_490, isPair: true),
        RealFile(name: "rte/dev.tsv", rows: 277, isPair: true),
        RealFile(name: "stsb/train.tsv", rows: 5_749, labels: nil, isPair: true),
        RealFile(name: "stsb/dev.tsv", rows: 1_500, labels: nil, isPair: true),
        RealFile(name: "cola/train.tsv", rows: 8_551), RealFile(name: "cola/dev.tsv", rows: 1_043),
        RealFile(
            name: "trec/train.tsv", rows: 5_452, labels: 6,
            textColumn: "3", labelColumn: "1"),
        RealFile(
            name: "trec/test.tsv", rows: 500, labels: 6,
            textColumn: "3", labelColumn: "1"),
        RealFile(name: "banking77/train.csv", rows: 10_003, labels: 77),
        RealFile(name: "banking77/test.csv", rows: 3_080, labels: 77),
    ]

    @Test(.enabled(if: RealData.isAvailable, RealData.reason), arguments: realFiles)
    func `reads every row of a real file`(file: RealFile) throws {
        let columns = try ColumnChoice(text: file.textColumn, label: file.labelColumn)
        let data = try Dataset([RealData.path(file.name)], ReadingOptions(columns: columns))
        #expect(data.notes == [])
        #expect(data.badRows == [])
        #expect(data.rows.count == file.rows)
        #expect(data.rows.allSatisfy { ($0.pair != nil) == file.isPair && !$0.text.isEmpty })
        switch data.kind {
        case .labels(let labels): #expect(labels.count == file.labels)
        case .value: #expect(file.labels == nil)
        case .labelSets: Issue.record("no row has several labels")
        }
    }

    @Test(arguments: [
        ("d.tsv", ";" as Character?, "text\tlabel\na\tx; y\nb\t\nc\ty\nd\tz;x;\n"),
        (
            "d.jsonl", nil,
            """
            {"text": "a", "label": ["x", "y"]}
            {"text": "b", "label": []}
            {"text": "c", "label": ["y"]}
            {"text": "d", "label": ["z", "x", "x"]}

            """
        ),
    ])
    func `reads rows with any number of labels`(
        name: String, separator: Character?, text: String
    ) throws {
        let data = try Dataset([folder.file(name, text)], separator: separator)
        #expect(data.kind == .labelSets(try LabelSet(["x", "y", "z"])))
        #expect(
            data.rows.map(\.target) == [
                .labels([0, 1]), .labels([]), .labels([1]), .labels([0, 2]),
            ])
        #expect(data.badRows == [])
    }

    @Test(arguments: [
        // Lists read as single labels.
        (
            "text\tlabel\na\tx\nb\ty\nc\tx,y\n", nil as Character?,
            "the label \"x,y\" beside those that it is made of", "--label-separator ','"
        ),
        // Single labels read as lists.
        (
            "text\tlabel\na\tx\nb\ty\n", ",", "no row with several labels",
            "or no --label-separator"
        ),
    ])
    func `refuses lists read as labels, and labels read as lists`(
        text: String, separator: Character?, found: String, expected: String
    ) {
        let error = #expect(throws: OfframpError.self) {
            try Dataset([folder.file("d.tsv", text)], separator: separator)
        }
        #expect(error?.kind == .data)
        #expect(error?.found == found)
        #expect(error?.expected.contains(expected) ?? false, "\(error?.expected ?? "")")
    }

    @Test func `names of labels that hold a separator are labels when they are given`() throws {
        let path = folder.file("d.tsv", "text\tlabel\na\tx\nb\ty\nc\tx,y\n")
        let data = try Dataset([path], labels: .model(.labels(LabelSet(["x", "y", "x,y"]))))
        #expect(data.rows.map(\.target) == [.label(0), .label(1), .label(2)])
    }

    @Test func `a row of another kind than the file's is bad`() throws {
        let sets = TargetKind.labelSets(try LabelSet(["x", "y"]))
        let mixed = folder.file(
            "d.jsonl", #"{"text": "a", "label": ["x"]}"# + "\n" + #"{"text": "b", "label": "x"}"#)
        let read = try Dataset([mixed], labels: .model(sets))
        #expect(
            read.badRows.map(\.expected) == [
                "a list of labels, in JSON or with --label-separator, each one of x, y (or 0 to 1)"
            ])
        let single = try Dataset([mixed], labels: .model(.labels(LabelSet(["x", "y"]))))
        #expect(single.badRows.map(\.found) == ["[\"x\"]"])
    }
}
