import OfframpFiles
import TestFiles
import Testing

@Suite struct JSONReaderTests {
    private enum Color: String, CaseIterable { case red, green }

    private static let reader = JSONReader(
        [
            "text": "a", "flag": true, "int": 7, "float": .number("0.25"), "none": .null,
            "ints": [1, 2], "mixed": [1, "x"], "color": "green",
            "inner": ["list": [["key": 3], ["key": "three"]]],
        ], at: "file.json")

    @Test func `a value is given in the form that was asked for`() throws {
        let reader = Self.reader
        #expect(try reader["text"].string() == "a")
        #expect(try reader["flag"].bool())
        #expect(try reader["int"].int(in: 7...7) == 7)
        #expect(try reader["float"].float(in: 0..<1) == 0.25)
        #expect(try reader["color"].choice(Color.self) == .green)
        #expect(try reader["text"].name(among: ["b", "a"]) == "a")
        #expect(try reader["ints"].ints("two numbers") { $0.count == 2 } == [1, 2])
        #expect(try reader["ints"].floats(count: 2) == [1, 2])
        #expect(try reader["inner"]["list"].elements()[0]["key"].int(in: 0...9) == 3)
        #expect(try reader["inner"].members().map(\.key) == ["list"])
        try reader["none"].require(.null)
        try reader["inner"].requireKeys(among: ["list", "other"])
    }

    @Test func `only a missing member is absent, and null can count as absent too`() {
        let reader = Self.reader
        #expect(reader["nowhere"].ifPresent == nil && reader["nowhere"].ifNotNull == nil)
        #expect(reader["nowhere"]["deeper"].ifPresent == nil)
        #expect(reader["none"].ifPresent != nil && reader["none"].ifNotNull == nil)
        #expect(reader["flag"].ifPresent != nil && reader["flag"].ifNotNull != nil)
    }

    private typealias Read = @Sendable (JSONReader) throws -> Any

    private static let refused: [(Read, String)] = [
        ({ try $0["int"].string() }, "int: found 7, expected a text"),
        ({ try $0["nowhere"].string() }, "nowhere: found nothing, expected a text"),
        ({ try $0["none"].bool() }, "none: found null, expected true or false"),
        ({ try $0["int"].int(in: 8...9) }, "int: found 7, expected a whole number from 8 to 9"),
        (
            { try $0["float"].int(in: 0...9) },
            "float: found 0.25, expected a whole number from 0 to 9"
        ),
        ({ try $0["int"].float(in: 0..<1) }, "int: found 7, expected at least 0.0 and below 1.0"),
        ({ try $0["text"].choice(Color.self) }, #"text: found "a", expected one of red, green"#),
        ({ try $0["color"].name(among: ["x"]) }, #"color: found "green", expected one of x"#),
        ({ try $0["mixed"].ints("numbers") }, #"mixed: found [1, "x"], expected numbers"#),
        ({ try $0["ints"].floats(count: 3) }, "ints: found [1, 2], expected 3 numbers"),
        ({ try $0["text"].elements() }, #"text: found "a", expected an array"#),
        ({ try $0["ints"].members() }, "ints: found [1, 2], expected an object"),
        ({ try $0["text"].require("b") }, #"text: found "a", expected "b""#),
        (
            { try $0["inner"].requireKeys(among: ["other"]) },
            #"inner: found the key "list", expected no other keys than other"#
        ),
        (
            { try $0["ints"].requireKeys(among: ["x", "y"]) },
            "ints: found [1, 2], expected an object of x, y"
        ),
        (
            { try $0["inner"]["list"].elements()[1]["key"].int(in: 0...9) },
            #"inner: list[1]: key: found "three", expected a whole number from 0 to 9"#
        ),
        (
            { try $0["inner"].members()[0].value.string() },
            #"inner: list: found [{"key": 3}, {"key": "three"}], expected a text"#
        ),
    ]

    @Test(arguments: refused.indices)
    func `a refusal names the place, what was found and what was expected`(_ index: Int) {
        let (read, message) = Self.refused[index]
        let error = failure { try read(Self.reader) }
        #expect(error?.kind == .data)
        #expect(error?.description == "file.json: " + message)
    }

    @Test func `a refusal shows the start of a long value`() {
        let list = JSONReader(.array((0..<1000).map { .number($0) }), at: "list")
        let error = failure { try list.string() }
        #expect(error?.found.hasPrefix("[0, 1, 2, ") == true)
        #expect(error?.found.hasSuffix("…") == true && error?.found.count == 81)
    }

    @Test func `keys are told apart by their bytes`() throws {
        let object = JSONReader(["\u{E9}": 1, "e\u{301}": 2], at: "object")
        #expect(try object["e\u{301}"].int(in: 0...9) == 2)
        #expect(throws: OfframpError.self) { try object.requireKeys(among: ["\u{E9}"]) }
    }

    @Test func `a file that cannot be read is an error of its own`() {
        let folder = TemporaryFolder()
        #expect(failure { try JSONReader(file: folder("none.json")) }?.kind == .noInput)
        #expect(failure { try JSONReader(file: folder.file("some.json", "{")) }?.kind == .data)
    }
}
