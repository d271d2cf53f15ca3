import OfframpData
import OfframpFiles
import TestFiles
import Testing

/// Reads a file written for the test; good rows as `text|pair|label`, bad ones as `! error`.
private func read(
    _ bytes: [UInt8], _ name: String, _ columns: ColumnChoice = .recognised
) throws -> [String] {
    let folder = TemporaryFolder()
    return try read(folder, folder.file(name, bytes), ReadingOptions(columns: columns))
}

/// The rows of a file in the same form, and the notes behind them as `# note`.
private func read(
    _ folder: TemporaryFolder, _ path: String, _ options: ReadingOptions
) throws -> [String] {
    var reader = try RowReader(path: path, options)
    var rows: [String] = []
    func ours(_ text: String) -> String { text.replacing(folder.path + "/", with: "") }
    while let row = try reader.next() {
        switch row {
        case .success(let row):
            var label: String?
            switch row.label {
            case .text(let text): label = text
            case .list(let labels): label = "\(labels)"
            case nil: break
            }
            rows.append([row.text, row.pair, label].map { $0 ?? "-" }.joined(separator: "|"))
        case .failure(let row):
            rows.append("! " + ours(row.error.description))
        }
    }
    return rows + reader.takeNotes().map { "# " + ours($0) }
}

struct RowReaderTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let file: String
        let text: String
        let rows: [String]

        init(_ description: String, _ file: String, _ text: String, _ rows: [String]) {
            (testDescription, self.file, self.text, self.rows) = (description, file, text, rows)
        }
    }

    static let examples = [
        Example("plain lines", "f.txt", "a\nb c\t\"d\"\n", ["a|-|-", "b c\t\"d\"|-|-"]),
        Example("no line feed at the end", "f.txt", "a\nb", ["a|-|-", "b|-|-"]),
        Example("carriage returns", "f.txt", "a\r\nb\rc\r\n", ["a|-|-", "b\rc|-|-"]),
        Example(
            "a mark and blank lines", "f.txt", "\u{FEFF}a\n\n\nb",
            ["a|-|-", "|-|-", "|-|-", "b|-|-"]),
        Example("one empty line", "f.txt", "\n", ["|-|-"]),
        Example("a zero byte", "f.txt", "a\0b\n", ["a\0b|-|-"]),
        Example("SST-2", "f.tsv", "sentence\tlabel\na b \t1\n", ["a b |-|1"]),
        Example("the last row counts", "f.tsv", "text\tlabel\na\t1\nb\t0", ["a|-|1", "b|-|0"]),
        Example("columns in any order", "f.tsv", "label\tid\ttext\n1\t7\ta\n", ["a|-|1"]),
        Example(
            "a mark and carriage returns", "f.tsv", "\u{FEFF}Text\t Label \r\na\tx\r\n", ["a|-|x"]),
        Example(
            "a quote is a character", "f.tsv", "sentence\n\"a\nb\"\"\n", ["\"a|-|-", "b\"\"|-|-"]),
        Example("no label", "f.tsv", "text\tlabel\na\t\n", ["a|-|-"]),
        Example("blank lines", "f.tsv", "\ntext\tlabel\n\na\t1\n\r\n", ["a|-|1"]),
        Example("an empty text", "f.tsv", "text\na\n\nb\n", ["a|-|-", "|-|-", "b|-|-"]),
        Example("a header only", "f.tsv", "text\tlabel\n", []),
        Example(
            "a ragged row", "f.tsv", "text\tlabel\na\nb\t1\tx\nc\t1\n",
            [
                "! f.tsv:2: found 1 column, expected 2 as in the first row",
                "! f.tsv:3: found 3 columns, expected 2 as in the first row", "c|-|1",
            ]),
        Example("RTE", "f.tsv", "index\tsentence1\tsentence2\tlabel\n0\ta\tb\tno\n", ["a|b|no"]),
        Example("QQP", "f.tsv", "id\tquestion1\tquestion2\tis_duplicate\n0\ta\tb\t1\n", ["a|b|1"]),
        Example("QNLI", "f.tsv", "index\tquestion\tsentence\tlabel\n0\ta\tb\tx\n", ["a|b|x"]),
        Example("NLI", "f.csv", "premise,hypothesis,label\na,b,x\n", ["a|b|x"]),
        Example(
            "MRPC", "f.tsv", "\u{FEFF}Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n1\t7\t8\ta\tb\n",
            [
                "a|b|1"
            ]),
        Example(
            "STS-B", "f.tsv", "index\tsentence1\tsentence2\tscore\n0\ta\tb\t3.8\n", ["a|b|3.8"]),
        Example("CoLA", "f.tsv", "gj04\t1\t\ta b.\nad03\t0\t*\tc d.", ["a b.|-|1", "c d.|-|0"]),
        Example("an unnamed index", "f.csv", ",text,\n0,a,x\n", ["a|-|-"]),
        Example("banking77", "f.csv", "text,category\r\n\"a, b\",x\r\n", ["a, b|-|x"]),
        Example(
            "CSV quotes", "f.csv", "text,label\n\"a \"\"b\"\"\",1\n\"\",2\na\"b,3\n",
            [
                "a \"b\"|-|1", "|-|2", "a\"b|-|3",
            ]),
        Example(
            "CSV over lines", "f.csv", "text,label\n\"a\n\nb\r\nc\",1\r\nd,2",
            [
                "a\n\nb\r\nc|-|1", "d|-|2",
            ]),
        Example(
            "a broken CSV quote", "f.csv", "text,label\n\"a\" b,1\nc,2\n",
            [
                "! f.csv:2:4: found a character after a closing quote, expected a comma", "c|-|2",
            ]),
        Example(
            "a CSV quote left open", "f.csv", "text,label\n\"a,1\nb,2\nc,3\n",
            [
                "! f.csv:2: found a quote that is not closed, expected a second quote", "b|-|2",
                "c|-|3",
            ]),
        Example(
            "a CSV quote closed rows later", "f.csv", "text,label\n\"a,1\nb,2\n\"c\",3\n",
            [
                "! f.csv:4:2: found a character after a closing quote, expected a comma", "b|-|2",
                "c|-|3",
            ]),
        Example(
            "CSV, ragged", "f.csv", "text,label\na,1,\n,\n",
            [
                "! f.csv:2: found 3 columns, expected 2 as in the first row", "|-|-",
            ]),
        Example(
            "JSON", "f.jsonl", #"{"label": 1, "text": "a\n"}"# + "\r\n\n" + #"{"text": "b"}"#,
            [
                "a\n|-|1", "b|-|-",
            ]),
        Example(
            "JSON labels", "f.jsonl",
            """
            {"text": "a", "label": "x"}
            {"text": "b", "label": null}
            {"label": true, "text": "c"}
            {"text": "d", "label": 2.5}
            """, ["a|-|x", "b|-|-", "c|-|true", "d|-|2.5"]),
        Example(
            "a bad first object", "f.jsonl", "7\n{\n\n7\n{\"text\": \"a\"}\n{\n",
            [
                "! f.jsonl:1: found JSON that is not an object, expected an object for each row",
                "! f.jsonl:2: byte 3: found '7', expected a key in quotes", "a|-|-",
                "! f.jsonl:6: byte 1: found the end of the text, expected a key in quotes",
            ]),
        Example(
            "bad JSON rows", "f.jsonl",
            """
            {"sentence1": "a", "sentence2": "b"}
            {"sentence1": "a"}
            {"sentence1": "a", "sentence2": 1}
            {"sentence1": "a", "sentence2": "b"
            [1]
            {"sentence1": "c", "sentence2": "d"}
            """,
            [
                "a|b|-",
                "! f.jsonl:2, column \"sentence2\": found no value, expected a text",
                "! f.jsonl:3, column \"sentence2\": found 1, expected a text",
                "! f.jsonl:4: byte 35: found the end of the text, expected ',' or '}'",
                "! f.jsonl:5: found JSON that is not an object, expected an object for each row",
                "c|d|-",
            ]),
        Example("CR alone", "f.csv", "text,label\ra,1\r\"b\rc\nd\",2\r", ["a|-|1", "b\rc\nd|-|2"]),
        Example("CR alone, without a last one", "f.txt", "a\r\rb", ["a|-|-", "|-|-", "b|-|-"]),
        Example(
            "CR alone, and LF", "f.tsv", "text\tlabel\ra\t1\nb\t2\r\nc\t3\r",
            [
                "a|-|1", "b|-|2", "c|-|3",
            ]),
        Example(
            "semicolons", "f.csv", "text;label\r\na, b;x\r\n\"c;d\";y\r\n",
            ["a, b|-|x", "c;d|-|y", "# f.csv: cut at semicolons"]),
        Example(
            "Excel's line", "f.csv", "sep=;\r\ntext;label\r\na;x\r\n",
            ["a|-|x", "# f.csv: cut at semicolons"]),
        Example(
            "Excel's line with what is usual", "f.csv", "\"sep=,\"\ntext,label\na,x\n", ["a|-|x"]),
        Example(
            "a bar", "f.tsv", "text|label\na|x\n\"b|c\"|y\n",
            ["a|-|x", "b|c|-|y", "# f.tsv: cut at \"|\"", "# f.tsv: fields in quotes"]),
        Example(
            "a CSV called TSV", "f.tsv", "sentence,label\na,x\n",
            ["a|-|x", "# f.tsv: cut at commas", "# f.tsv: fields in quotes"]),
        Example(
            "a quoted header", "f.tsv", "\"text\"\t\"label\"\n\"a\nb\"\t\"x\"\n",
            ["a\nb|-|x", "# f.tsv: fields in quotes"]),
        Example(
            "a TSV that looks quoted", "f.tsv",
            "text\tlabel\n\"a \"\"b\"\" c\"\tx\n\"d\"\ty\n\"e\nf\"\tz\n",
            [
                "\"a \"\"b\"\" c\"|-|x", "\"d\"|-|y",
                "! f.tsv:4: found 1 column, expected 2 as in the first row; fields with line ends in "
                    + "quotes need --quoting csv", "f\"|-|z",
                "# f.tsv:2: quotes are read as they stand, but this field looks quoted: "
                    + "\"\\\"a \\\"\\\"b\\\"\\\" c\\\"\"; --quoting csv reads it so",
            ]),
        Example(
            "a JSON array", "f.json",
            """

            [
              {
                "text": "a, [b] \\"}",
                "label": ["x", "y"]
              },
              7, {"text": "c"},{"text": }
            ]

            """,
            [
                #"a, [b] "}|-|["x", "y"]"#,
                "! f.json:7: found JSON that is not an object, expected an object for each row",
                "c|-|-", "! f.json:7: byte 9: found '}', expected a JSON value",
            ]),
        Example(
            "a JSON array in a line", "f.jsonl", #"[{"text":"a"},{"text":"b"}]"#,
            ["a|-|-", "b|-|-"]),
        Example(
            "pretty-printed objects", "f.jsonl",
            """
            {
              "text": "a",
              "at": {
                "page": 1
              }
            }
            {
              "text": "b",
            {
              "text": "c"
            }
            {"text": "d"}
            """,
            [
                "a|-|-",
                "! f.jsonl:7: byte 16: found the end of the text, expected a key in quotes",
                "c|-|-", "d|-|-",
            ]),
        Example(
            "numbers that no JSON has", "f.jsonl",
            #"{"text": "a", "score": NaN, "label": -Infinity, "x": [Infinity]}"# + "\n"
                + #"{"text": NaN}"#,
            ["a|-|-", "! f.jsonl:2, column \"text\": found null, expected a text"]),
        Example(
            "fastText's lines", "f.txt",
            "__label__a b c\n__label__a __label__b  d\ne\nf __label__c\n__label__ g\n",
            [
                "b c|-|[\"a\"]", "d|-|[\"a\", \"b\"]", "e|-|[]", "f|-|[\"c\"]",
                "__label__ g|-|[]", "# f.txt: read as fastText's, with labels after __label__",
            ]),
        Example("fastText's lines by their ending", "f.ft", "a __label__x\n", ["a|-|[\"x\"]"]),
    ]

    @Test(arguments: examples) func `reads rows in every format`(example: Example) throws {
        #expect(try read(Array(example.text.utf8), example.file) == example.rows)
    }

    static let choices: [(String, String, [String?], [String])] = [
        ("f.tsv", "DESC\tmanner\tHow ?\n", ["3", nil, "1"], ["How ?|-|DESC"]),
        ("f.tsv", "a\tb\nc\td\n", ["1", "2", nil], ["a|b|-", "c|d|-"]),
        ("f.csv", "text,b,c\n1,2,3\n", ["b", "c", "text"], ["2|3|1"]),
        ("f.csv", "text,b,label\n1,2,3\n", ["b", nil, nil], ["2|-|3"]),
        ("f.csv", "text,b,c\n1,2,3\n", [nil, "c", "b"], ["1|3|2"]),
        ("f.tsv", "gj04\t1\t\ta\n", ["sentence", nil, "source"], ["a|-|gj04"]),
        ("f.jsonl", "{\"3\": \"a\", \"x\": 1}\n", ["3", nil, nil], ["a|-|-"]),
        ("f.txt", "a\n", ["1", nil, nil], ["a|-|-"]),
        (
            "f.csv", "a;1\nb, c;2\n", ["1", nil, "2"],
            ["a|-|1", "b, c|-|2", "# f.csv: cut at semicolons"]
        ),
        ("f.csv", "a\nb; c\n", ["1", nil, nil], ["a|-|-", "b; c|-|-"]),
        (
            "f.tsv", "Text\tlabel\nb\tx\n", ["1", nil, "2"],
            [
                "Text|-|label", "b|-|x",
                "# f.tsv:1: read as a row, but it looks like a header: Text, label; columns by name "
                    + "leave it out",
            ]
        ),
    ]

    @Test(arguments: choices) func `takes the columns the user chose`(
        file: String, text: String, choice: [String?], rows: [String]
    ) throws {
        let columns = try ColumnChoice(text: choice[0], pair: choice[1], label: choice[2])
        #expect(try read(Array(text.utf8), file, columns) == rows)
    }

    static let refused: [(String, [UInt8], [String?], String)] = [
        ("f.txt", [], [nil, nil], "f.txt: found an empty file"),
        ("f.tsv", [], [nil, nil], "f.tsv: found an empty file"),
        ("f.csv", [0xEF, 0xBB, 0xBF], [nil, nil], "f.csv: found an empty file"),
        ("f.jsonl", Array("\n \r\n".utf8), [nil, nil], "f.jsonl: found an empty file"),
        ("f.txt", [0xFF, 0xFE, 0, 0, 0x61], [nil, nil], "f.txt:1: found UTF-32"),
        (
            "f.json", Array("[{\"text\": \"a\"} 7".utf8), [nil, nil],
            "f.json:1: found the end of the file"
        ),
        ("f.tsv", [0x61, 0xFF], [nil, nil], "f.tsv:1:2: found bytes that are not UTF-8"),
        ("f.tsv", Array("a\tb\n".utf8), [nil, nil], "f.tsv: found the columns \"a\", \"b\", exp"),
        ("f.tsv", Array("text\tb\n".utf8), ["x", nil], "f.tsv: found the columns \"text\", \"b\""),
        ("f.tsv", Array("text\tb\n".utf8), [nil, "x"], "f.tsv: found the columns \"text\", \"b\""),
        ("f.tsv", Array("text\ta\ta\n".utf8), [nil, nil], "f.tsv: found the column \"a\" twice"),
        (
            "f.tsv", Array("text\ta\n".utf8), ["3", nil],
            "--text-column: found 3, expected a column"
        ),
        (
            "f.tsv", Array("text\ta\n".utf8), ["0", nil],
            "--text-column: found 0, expected a column"
        ),
        (
            "f.tsv", Array("text\ta\n".utf8), ["\(Int.min)", nil],
            "--text-column: found \(Int.min), expected a column"
        ),
        ("f.csv", Array("\"text\n".utf8), [nil, nil], "f.csv:1: found a quote that is not closed"),
        (
            "f.jsonl", Array("[1]\n".utf8), [nil, nil],
            "f.jsonl:1: found JSON that is not an object"
        ),
        ("f.jsonl", Array("{\"a\": 1}".utf8), [nil, nil], "f.jsonl: found the columns \"a\", exp"),
        (
            "f.pdf", Array("a".utf8), [nil, nil],
            "f.pdf: found the ending .pdf, expected one of .txt"
        ),
        ("f", Array("a".utf8), [nil, nil], "f: found no ending, expected one of .txt .tsv .csv"),
    ]

    @Test(arguments: refused) func `refuses a file it cannot read at all`(
        name: String, bytes: [UInt8], choice: [String?], message: String
    ) {
        let folder = TemporaryFolder()
        let error = #expect(throws: OfframpError.self) {
            let columns = try ColumnChoice(text: choice[0], label: choice[1])
            _ = try RowReader(path: folder.file(name, bytes), ReadingOptions(columns: columns))
                .columns
        }
        let description = error?.description ?? ""
        let ours =
            description.hasPrefix(folder.path)
            ? String(description.dropFirst(folder.path.count + 1)) : description
        #expect(ours.hasPrefix(message))
    }

    static let notUTF8: [([UInt8], String)] = [
        ([0x61, 0x80], "f.txt:2:2"), ([0xC3], "f.txt:2:1"), ([0xC3, 0xA9, 0xFF], "f.txt:2:3"),
        ([0x61, 0xED, 0xA0, 0x80], "f.txt:2:2"), ([0xF4, 0x90, 0x80, 0x80], "f.txt:2:1"),
    ]

    @Test(arguments: notUTF8) func `names the byte that is not UTF-8`(bytes: [UInt8], place: String)
        throws
    {
        let rows = try read([0x61, 0x0A] + bytes + [0x0A, 0x62], "f.txt")
        let message = "! \(place): found bytes that are not UTF-8, expected UTF-8 text"
        #expect(rows == ["a|-|-", message, "b|-|-"])
    }

    @Test func `names the byte that is not UTF-8 in any line of a CSV row`() throws {
        let bytes = Array("text\n\"a\nb".utf8) + [0xFF] + Array("\"\nc\n".utf8)
        let message = "! f.csv:3:2: found bytes that are not UTF-8, expected UTF-8 text"
        #expect(try read(bytes, "f.csv") == [message, "c|-|-"])
    }

    @Test func `a byte that is not UTF-8 spoils its field alone`() throws {
        let folder = TemporaryFolder()
        for (name, text) in [
            ("f.csv", "id,text,note\n7,a,\u{1}\n8,\u{1},b\n"),
            (
                "f.jsonl",
                #"{"id": "7", "text": "a", "note": "\#u{1}"}"# + "\n"
                    + #"{"id": "8", "text": "\#u{1}", "note": "b"}"#
            ),
        ] {
            let bytes = Array(text.utf8).map { $0 == 1 ? 0xFF : $0 }
            var reader = try RowReader(path: folder.file(name, bytes))
            let good = try #require(try reader.next()).get()
            #expect(good.fields.map(\.value) == ["7", "a", .null])
            #expect(good.fault?.found == "bytes that are not UTF-8")
            let bad = try #require(throws: BadRow.self) { try reader.next()?.get() }
            #expect(bad.fields.map(\.value) == ["8", .null, "b"])
            #expect(bad.error.found == "bytes that are not UTF-8")
        }
    }

    @Test func `a replacement character of the text's own is no sign of damage`() throws {
        let folder = TemporaryFolder()
        let text = #"{"text": "good \ufffd \#u{FFFD}", "n\#u{1}": 7, "x": ["a \#u{1}\#u{301}"]}"#
        let bytes = Array(text.utf8).map { $0 == 1 ? 0xFF : $0 }
        var reader = try RowReader(path: folder.file("f.jsonl", bytes))
        let row = try #require(try reader.next()).get()
        #expect(row.text == "good \u{FFFD} \u{FFFD}")
        #expect(row.fields.map(\.key) == ["text", "n\u{FFFD}", "x"])
        #expect(row.fields.map(\.value) == ["good \u{FFFD} \u{FFFD}", 7, .null])
        #expect(row.fault?.found == "bytes that are not UTF-8")
    }

    @Test func `the user's separator and quoting count before all else`() throws {
        let folder = TemporaryFolder()
        let path = folder.file("f.csv", "sep=;\n\"text#label\n\"a#x\n")
        let options = ReadingOptions(
            columns: try ColumnChoice(text: "\"text"),
            dialect: try DialectChoice(separator: "#", quoting: DialectChoice.Quoting.none))
        #expect(try read(folder, path, options) == ["\"a|-|x"])
        for separator in ["", "ab", "é", "\""] {
            #expect(throws: OfframpError.self) { try DialectChoice(separator: separator) }
        }
        let lines = ReadingOptions(dialect: try DialectChoice(separator: "tab"))
        #expect(throws: OfframpError.self) {
            _ = try RowReader(path: folder.file("f.txt", "a"), lines).columns
        }
    }

    @Test(arguments: [("a.tsv/b", 66), ("none.tsv", 66), ("folder.tsv", 66)])
    func `refuses what is not there`(name: String, code: Int32) throws {
        let folder = TemporaryFolder()
        let path = name == "folder.tsv" ? folder.path : folder(name)
        let error = #expect(throws: OfframpError.self) {
            _ = try RowReader(path: path, ReadingOptions(format: .tsv)).columns
        }
        #expect(error?.kind.rawValue == code)
    }

    @Test func `refuses numbers beside names`() {
        for (text, label) in [("3", "label"), ("text", "1"), (nil, "1")] as [(String?, String)] {
            #expect(throws: OfframpError.self) { try ColumnChoice(text: text, label: label) }
        }
    }

    @Test(arguments: [1 << 18 - 1, 1 << 18, 1 << 18 + 1, 1 << 24])
    func `reads long lines whole`(length: Int) throws {
        let long = String(repeating: "x", count: length)
        let rows = try read(Array("a\n\(long)\nb".utf8), "f.txt")
        #expect(rows == ["a|-|-", long + "|-|-", "b|-|-"])
    }

    @Test(arguments: ["f.txt", "f.csv"]) func `passes over a line that is too long`(file: String)
        throws
    {
        let long = Array(repeating: UInt8(ascii: "x"), count: 1 << 24 + 1)
        let message =
            "! \(file):2: found a line of more than 16777216 bytes, expected a shorter one"
        let expected = file == "f.csv" ? [message, "b|-|-"] : ["text|-|-", message, "b|-|-"]
        #expect(try read(Array("text\n".utf8) + long + Array("\nb".utf8), file) == expected)
        #expect(try read(Array("text\n".utf8) + long, file).last == message)
    }

    @Test func `a line that is too long spoils the record that it stands in`() throws {
        let long = Array(repeating: UInt8(ascii: "x"), count: 1 << 24 + 1)
        let found = "found a line of more than 16777216 bytes, expected a shorter one"
        // As behind broken quotes, the lines after the first one are rows of their own.
        let table = Array("text,label\n\"a\n".utf8) + long + Array("\nb\",1\nc,2\n".utf8)
        #expect(
            try read(table, "f.csv") == [
                "! f.csv:3: \(found)", "! f.csv:3: \(found)", "b\"|-|1", "c|-|2",
            ])
        let objects = Array("{\"text\": \"a\"}\n{\n\"text\":\n".utf8) + long
        let rest = Array("\n\"b\"\n}\n{\"text\": \"c\"}\n".utf8)
        #expect(
            try read(objects + rest, "f.jsonl") == ["a|-|-", "! f.jsonl:4: \(found)", "c|-|-"])
    }

    @Test func `keeps all fields and their order`() throws {
        let folder = TemporaryFolder()
        let path = folder.file("f.jsonl", #"{"z": [1, {"y": null}], "text": "a", "b": 2.50}"#)
        var reader = try RowReader(path: path)
        let row = try #require(try reader.next()).get()
        #expect(reader.columns == ["z", "text", "b"])
        #expect(
            JSON.object(row.fields) == [
                "z": [1, ["y": .null]], "text": "a", "b": .number("2.50"),
            ])
    }

    @Test func `counts physical lines`() throws {
        let folder = TemporaryFolder()
        let path = folder.file("f.csv", "\ntext,label\n\n\"a\nb\",1\n\nc,2\n")
        var reader = try RowReader(path: path)
        var lines: [Int] = []
        while let row = try reader.next() { lines.append(try row.get().line) }
        #expect(lines == [4, 7])
    }

    /// Any cut of a file, wherever it falls, gives rows and errors and never a crash.
    @Test(arguments: ["f.txt", "f.tsv", "f.csv", "f.jsonl"]) func `survives a cut anywhere`(
        file: String
    ) throws {
        let whole = Array("text,\"la\"\"bel\"\r\n\"é\n\t😀\",1\n{\"text\": \"\\ud83d\"}\r\n\r".utf8)
        for cut in whole.indices {
            _ = try? read(Array(whole[..<cut]), file)
            _ = try? read(Array(whole[cut...]), file)
        }
    }

    @Test func `a bad first line of text is one bad row`() throws {
        let rows = try read([0xE9, 0x0A, 0x61, 0x0A], "f.txt")
        #expect(
            rows == ["! f.txt:1:1: found bytes that are not UTF-8, expected UTF-8 text", "a|-|-"])
        #expect(try read([0xE9], "f.txt").count == 1)
    }

    @Test(arguments: ["f.txt", "f.ft"]) func `a bad first line of fastText's is one bad row`(
        file: String
    ) throws {
        let bytes = Array("__label__x ".utf8) + [0xE9] + Array("\n__label__y b\n".utf8)
        let rows = try read(bytes, file).filter { !$0.hasPrefix("# ") }
        let found = "found bytes that are not UTF-8, expected UTF-8 text"
        #expect(rows == ["! \(file):1:12: \(found)", "b|-|[\"y\"]"])
    }

    @Test func `bytes that are all bad are not objects`() {
        let error = #expect(throws: OfframpError.self) { try read(Array("{\n7\n".utf8), "f.jsonl") }
        #expect(error?.kind == .data && error?.place.hasSuffix("f.jsonl:1: byte 2") == true)
    }
}
