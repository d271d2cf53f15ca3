import OfframpFiles
import TestFiles
import Testing

struct JSONTests {
    static let texts: [(String, JSON)] = [
        ("null", JSON.null), (" true ", true), ("false", false), ("\t[\r\n]", []), ("{ }", [:]),
        ("0", 0), ("-0", .number("-0")), ("-12.50e+3", .number("-12.50e+3")),
        ("18446744073709551615", .number("18446744073709551615")),
        ("[1, [2, []]]", [1, [2, []]]),
        (#"{"b": 1, "a": {"c": null}}"#, ["b": 1, "a": ["c": .null]]),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u0041\u00e9\uD83D\uDE00\uFFFF""#, "A\u{E9}\u{1F600}\u{FFFF}"),
        (#""\uD800\uDC00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"),
        ("\"\u{7F}\u{10FFFF}é\"", "\u{7F}\u{10FFFF}é"), (#""\u0000""#, "\0"),
    ]

    @Test(arguments: texts) func `reads every kind of value`(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text, from: "text") == value)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "[1,]", "[,1]", "[1 2]", "[1", "]", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":1", "{\"a\" 1}", "{1:2}", "1 2", "[1]]",
        "01", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "0x10", "NaN", "Infinity", "-Infinity",
        "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\n\"", "\"\0\"",
        "\"\u{1F}\"",
        #""\uD800""#, #""\uD800x""#, #""\uD800\n""#, #""\uD800A""#, #""\uD800\u0041""#,
        #""\uD800\uD800""#, #""\uDC00""#, #""\uDFFF\uD800""#, #""\uDBFF\uE000""#,
        #"{"a": 1, "a": 2}"#, #"{"a": 1, "\u0061": 2}"#, "\u{FEFF}1", "1\0", "//\n1", "/**/1",
        "\u{A0}1",
    ])
    func `refuses what is not JSON`(text: String) {
        let error = #expect(throws: OfframpError.self) { try JSON(parsing: text, from: "text") }
        #expect(error?.kind == .data)
        #expect(error?.place.hasPrefix("text: byte ") == true)
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xFF], [0x61, 0xC3, 0x28],
        ] as [[UInt8]])
    func `refuses a string that is not UTF-8`(bytes: [UInt8]) {
        let quoted = [0x22] + bytes + [0x22]
        let error = #expect(throws: OfframpError.self) {
            try quoted.withUnsafeBytes { try JSON(parsing: $0, from: "text") }
        }
        #expect(error?.found == "bytes that are not UTF-8")
    }

    @Test func `refuses a text cut anywhere`() throws {
        let whole = #"{"a": [1.5e3, "é\uD83D\uDE00", null], "b": {"c": true}}"#
        _ = try JSON(parsing: whole, from: "text")
        for count in 0..<whole.utf8.count {
            let cut = Array(whole.utf8.prefix(count))
            #expect(throws: OfframpError.self) {
                try cut.withUnsafeBytes { try JSON(parsing: $0, from: "text") }
            }
        }
    }

    @Test(arguments: [(64, true), (65, false), (1_000_000, false)])
    func `reads at most 64 levels`(depth: Int, isRead: Bool) {
        for (opening, closing) in [("[", "]"), ("{\"a\":", "}")] {
            let inner = opening == "[" ? "" : "1"
            let text =
                String(repeating: opening, count: depth) + inner
                + String(repeating: closing, count: depth)
            #expect(((try? JSON(parsing: text, from: "text")) != nil) == isRead)
        }
    }

    @Test func `tells keys apart by their bytes`() throws {
        let object = try JSON(parsing: "{\"\u{E9}\": 1, \"e\u{301}\": 2}", from: "text")
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test func `names the place of a fault`() {
        let error = #expect(throws: OfframpError.self) { try JSON(parsing: "[1, x]", from: "f") }
        #expect(error?.description == "f: byte 4: found 'x', expected a JSON value")
    }

    @Test(arguments: [
        (JSON.number("7"), 7 as Int?, 7.0 as Double?), (.number("-0"), 0, 0),
        (.number("7.0"), nil, 7), (.number("1e3"), nil, 1000), (.number("1e999"), nil, nil),
        (.number("9223372036854775808"), nil, 9_223_372_036_854_775_808), ("7", nil, nil),
    ])
    func `converts numbers that fit`(value: JSON, int: Int?, double: Double?) {
        #expect(value.int == int)
        #expect(value.double == double)
    }

    static let values: [(JSON, String)] = [
        (.number(Float(0.1)), "0.1"), (.number(Float(3)), "3"), (.number(Float.nan), "null"),
        (.number(-Double.infinity), "null"), (.number(1e-7), "1e-07"), (.number(1e20), "1e+20"),
        (.number(Float.greatestFiniteMagnitude), "3.4028235e+38"),
        ("\"\\/\n\r\t\0\u{1F}\u{7F}é", #""\"\\/\n\r\t\u0000\u001f\u007fé""#),
        (["b": [1, .null], "a": [:], "c": []], #"{"b": [1, null], "a": {}, "c": []}"#),
    ]

    @Test(arguments: values) func `writes every kind of value`(value: JSON, text: String) throws {
        #expect(value.text() == text)
        _ = try JSON(parsing: text, from: "text")
    }

    @Test func `indents objects and keeps plain lists on one line`() {
        let value: JSON = ["a": [1, 2], "b": [["c": []]], "d": [:]]
        #expect(
            value.text(indented: true) == """
                {
                  "a": [1, 2],
                  "b": [
                    {
                      "c": []
                    }
                  ],
                  "d": {}
                }
                """)
    }

    @Test func `what is written reads back the same`() throws {
        let scalars = (0...0x10FFFF).lazy.compactMap { Unicode.Scalar($0 as UInt32) }
        var everything = ""
        everything.unicodeScalars.append(contentsOf: scalars)
        let value: JSON = ["all": .string(everything)]
        let back = try JSON(parsing: value.text(), from: "text")
        #expect(back["all"]?.string?.utf8.elementsEqual(everything.utf8) == true)
    }

    @Test(arguments: [("", OfframpError.Kind.data), ("{}", nil)])
    func `reads a file`(text: String, failure: OfframpError.Kind?) {
        let folder = TemporaryFolder()
        #expect(failure == kind { try JSON(file: folder.file("some.json", text)) })
        #expect(kind { try JSON(file: folder("none.json")) } == .noInput)
    }

    private func kind(_ body: () throws -> JSON) -> OfframpError.Kind? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? OfframpError)?.kind
        }
    }
}
