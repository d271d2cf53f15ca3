import OfframpData
import OfframpFiles
import TestFiles
import Testing

struct ResultWriterTests {
    let folder = TemporaryFolder()

    private static func answer(_ column: AddedColumn) -> JSON {
        switch column {
        case .label: "good"
        case .score: .number(Float(0.75))
        case .probabilities: ["bad": .number(Float(0.25)), "good": .number(Float(0.75))]
        case .model: "small"
        case .exit: 3
        case .truncated: .bool(false)
        case .error: .null
        }
    }

    private func write(
        _ format: DataFormat, columns: [String], _ rows: [[JSON.Member]]
    ) throws -> String {
        var writer = try ResultWriter(
            path: folder("out"), overwriting: true, format: format,
            columns: columns)
        for (index, fields) in rows.enumerated() {
            let row = Row(line: index + 2, text: "", fields: fields)
            try writer.write(row, Self.answer)
        }
        try writer.finish()
        return try MappedFile(path: folder("out")).withBytes { String(decoding: $0, as: UTF8.self) }
    }

    static let cells: [(DataFormat, String, String)] = [
        (.tsv, "plain \"text\", é", "plain \"text\", é"), (.tsv, "a\tb\nc\r\nd", "a b c  d"),
        (.csv, "plain", "plain"), (.csv, "a,b", "\"a,b\""), (.csv, "a \"b\"", "\"a \"\"b\"\"\""),
        (.csv, "a\nb", "\"a\nb\""), (.csv, "a\r\nb", "\"a\r\nb\""), (.csv, " a", "\" a\""),
        (.csv, "\"\u{301}", "\"\"\"\u{301}\""), (.csv, "a\tb", "a\tb"), (.csv, "", ""),
    ]

    @Test(arguments: cells) func `escapes what the format needs`(
        format: DataFormat, text: String, cell: String
    ) throws {
        let separator = format == .csv ? "," : "\t"
        let output = try write(format, columns: ["text"], [[JSON.Member("text", .string(text))]])
        let lines = [
            ["text", "label", "score", "exit", "truncated", "error"],
            [cell, "good", "0.75", "3", "false", ""],
        ].map { $0.joined(separator: separator) + "\n" }
        #expect(output == lines.joined())
    }

    @Test func `keeps the keys of JSON in their order`() throws {
        let fields = [
            JSON.Member("z", [1, .null]), JSON.Member("label", 1), JSON.Member("text", "a\n"),
        ]
        #expect(
            try write(.jsonl, columns: ["z", "label", "text"], [fields])
                == #"{"z": [1, null], "input_label": 1, "text": "a\n", "label": "good", "#
                + #""score": 0.75, "exit": 3, "truncated": false, "error": null}"# + "\n")
    }

    @Test(arguments: [
        (
            DataFormat.jsonl,
            #"{"input_label": "bad", "probabilities": {"bad": 0.25, "good": 0.75}, "exit": 3}"#
        ),
        (.csv, "input_label,probabilities,exit\nbad,\"{\"\"bad\"\": 0.25, \"\"good\"\": 0.75}\",3"),
    ])
    func `only chosen columns are added, in their order`(format: DataFormat, output: String) throws
    {
        var writer = try ResultWriter(
            path: folder("out"), overwriting: true, format: format, columns: ["label"],
            added: [.probabilities, .exit])
        let row = Row(line: 2, text: "", fields: [JSON.Member("label", "bad")])
        try writer.write(row, Self.answer)
        try writer.finish()
        #expect(contents(folder("out")) == output + "\n")
    }

    static let clashes = [
        ("label", "input_label"), ("score", "input_score"), ("error", "input_error"),
        ("input_label", "input_input_label"), ("input_text", "input_text"), ("Label", "Label"),
        ("text", "text"),
    ]

    @Test(arguments: clashes) func `an input column never passes for an answer`(
        name: String, output: String
    ) throws {
        let text = try write(.tsv, columns: [name], [])
        #expect(text == "\(output)\tlabel\tscore\texit\ttruncated\terror\n")
    }

    @Test func `puts JSON into a table without losing a field in silence`() throws {
        let text = try write(
            .csv, columns: ["a", "b"],
            [
                [JSON.Member("b", .number("2.5")), JSON.Member("a", .null)],
                [JSON.Member("a", ["x": 1]), JSON.Member("c", true)],
            ])
        #expect(
            text == """
                a,b,label,score,exit,truncated,error
                ,2.5,good,0.75,3,false,
                "{""x"": 1}",,good,0.75,3,false,"not written, no column in the first row: ""c""\"

                """)
    }

    @Test(
        arguments: [
            (.csv, ["c", "d"]), (.tsv, ["c", "d"]), (.jsonl, []),
        ] as [(DataFormat, [String])])
    func `fields that a table has no columns for are named`(
        format: DataFormat, unwritten: [String]
    ) throws {
        var writer = try ResultWriter(
            path: folder("out"), overwriting: true, format: format, columns: ["a", "b"],
            added: [.label])
        let fields = ["c", "a", "d"].map { JSON.Member($0, .number(1)) }
        let ofRow = try writer.write(Row(line: 2, text: "", fields: fields), Self.answer)
        #expect(ofRow == unwritten)
        let error = OfframpError(.data, at: "d:7", found: "a", expected: "b")
        let ofBadRow = try writer.write(BadRow(error, fields: fields))
        #expect(ofBadRow == unwritten)
        let ofWhole = try writer.write(Row(line: 4, text: "", fields: [fields[1]]), Self.answer)
        #expect(ofWhole == [])
        try writer.finish()
    }

    @Test(arguments: [
        (
            DataFormat.tsv,
            "text\tlabel\tscore\texit\ttruncated\terror\n\t\t\t\t\td:7: found a, expected b\n"
        ),
        (
            .jsonl,
            #"{"label": null, "score": null, "exit": null, "truncated": null, "#
                + #""error": "d:7: found a, expected b"}"# + "\n"
        ),
    ])
    func `a bad row becomes a row with the error`(format: DataFormat, text: String) throws {
        var writer = try ResultWriter(
            path: folder("out"), overwriting: true, format: format,
            columns: ["text"])
        try writer.write(BadRow(OfframpError(.data, at: "d:7", found: "a", expected: "b")))
        try writer.finish()
        #expect(
            try MappedFile(path: folder("out")).withBytes { String(decoding: $0, as: UTF8.self) }
                == text)
    }

    @Test func `a bad row of fastText's keeps the texts that could be read`() throws {
        var writer = try ResultWriter(
            path: folder("out"), overwriting: true, format: .fastText, columns: ["text", "label"])
        let error = OfframpError(.data, at: "d:7", found: "a", expected: "b")
        try writer.write(BadRow(error))
        try writer.write(BadRow(error, of: Row(line: 8, text: "good\nfilm")))
        try writer.write(BadRow(error, of: Row(line: 9, text: "good film", pair: "bad plot")))
        try writer.finish()
        #expect(contents(folder("out")) == "\ngood film\ngood film bad plot\n")
    }

    @Test func `a regression has a value and no score`() throws {
        var writer = try ResultWriter(
            path: folder("out"), overwriting: true, format: .jsonl, columns: [])
        let answer: [AddedColumn: JSON] = [.label: .number(Float(3.5)), .exit: 2, .truncated: true]
        try writer.write(Row(line: 1, text: "a")) { answer[$0] ?? .null }
        try writer.finish()
        let row = try JSON(file: folder("out"))
        #expect(row["label"] == .number("3.5") && row["score"] == .null)
        #expect(row["truncated"] == true && row["exit"] == 2)
    }

    @Test func `refuses plain lines`() {
        let error = #expect(throws: OfframpError.self) { try write(.text, columns: [], []) }
        #expect(error?.kind == .usage)
        #expect(folder.names == [])
    }

    @Test(arguments: [DataFormat.csv, .jsonl]) func `what is written reads back the same`(
        format: DataFormat
    ) throws {
        let nasty = [
            "", " ", "\"", "\"\"", ",", "\n", "\r", "\r\n", "a\"b,c\nd", "\u{FEFF}x", "é😀\0",
        ]
        let text = try write(
            format, columns: ["text", "id"],
            nasty.map { [JSON.Member("text", .string($0)), JSON.Member("id", "7")] })
        var reader = try RowReader(path: folder.file("back", text), ReadingOptions(format: format))
        var back: [String] = []
        while let row = try reader.next() { back.append(try row.get().text) }
        #expect(back.map { Array($0.utf8) } == nasty.map { Array($0.utf8) })
    }
}
