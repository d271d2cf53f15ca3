import OfframpData
import OfframpFiles
import Testing

struct LabelSetTests {
    static let lookups: [([String], String, Int?)] = [
        (["negative", "positive"], "positive", 1), (["negative", "positive"], "0", 0),
        (["negative", "positive"], "1", 1), (["negative", "positive"], "2", nil),
        (["negative", "positive"], "-1", nil), (["negative", "positive"], "Positive", nil),
        (["negative", "positive"], "", nil), (["negative", "positive"], "1.0", 1),
        (["0", "1"], "1.0", 1), (["0", "1"], "1.5", nil), (["250.1", "401.9"], "1", nil),
        // Stars: "1" is the first label, not the second, and "0" is none.
        (["1", "2", "3"], "1", 0), (["1", "2", "3"], "0", nil), (["none", "1"], "0", nil),
    ]

    @Test(arguments: lookups) func `finds a label by name or index`(
        names: [String], label: String, index: Int?
    ) throws {
        #expect(try LabelSet(names).index(of: label) == index)
    }

    @Test(arguments: [[], ["a"], ["a", "a"], ["a", ""]] as [[String]])
    func `refuses names that are not labels`(names: [String]) {
        let error = #expect(throws: OfframpError.self) { try LabelSet(names) }
        #expect(error?.kind == .usage)
    }

    static let collections: [([String], [String])] = [
        (["1", "0", "1"], ["0", "1"]), (["10", "9", "2"], ["2", "9", "10"]),
        (["b", "a", "b"], ["a", "b"]), (["b", "1"], ["1", "b"]), (["01", "1"], ["01", "1"]),
        (["1.0", "0.0"], ["0", "1"]), (["10.0", "9"], ["9", "10"]),
        (["v1.0", "2.0"], ["2.0", "v1.0"]),
        (["401.9", "250.1", "3.0"], ["3.0", "250.1", "401.9"]),
    ]

    @Test(arguments: collections) func `collects labels in order`(labels: [String], names: [String])
        throws
    {
        #expect(try LabelSet(occurringIn: labels).names == names)
    }

    @Test func `says what is allowed`() throws {
        #expect(try LabelSet(["no", "yes"]).allowed == "one of no, yes (or 0 to 1)")
        #expect(try LabelSet(["1", "2"]).allowed == "one of 1, 2")
    }

    static let kinds: [([String], Bool)] = [
        (["0", "1"], false), (["5.000", "3.8", "0"], true), (["a.b", "c"], false),
        (["1", "2", "3"], false), (["0.0", "1.0", "1.0"], false),
        // Codes, and grades of which hardly one comes again.
        (["250.1", "401.9", "250.1", "401.9", "250.1"], false),
        (["0.1", "0.25", "0.7", "0.1"], true),
        // A scale with many steps, and as many codes.
        ((0..<200).map { "\(Double($0 % 50) / 10)" }, true),
        ((0..<200).map { "\(100 + $0 % 50).5" }, true),
        ((0..<200).map { "\(20 * ($0 % 50)).5" }, false),
    ]

    @Test(arguments: kinds) func `takes numbers with a point for regression`(
        labels: [String], isRegression: Bool
    ) throws {
        #expect((try TargetKind(occurringIn: labels.map { .text($0) }) == .value) == isRegression)
    }

    @Test func `the kind that was asked for counts`() throws {
        let stars = ["1", "2", "2.5", "1"].map(WrittenLabel.text)
        #expect(try TargetKind(occurringIn: stars, as: .regression) == .value)
        let classes = try TargetKind(occurringIn: stars, as: .classification)
        #expect(classes == .labels(try LabelSet(["1", "2", "2.5"])))
        for (labels, kind) in [
            (stars, .multiLabel), ([.list(["a", "b"])], .classification),
        ] as [([WrittenLabel], TargetKind.Name)] {
            #expect(throws: OfframpError.self) { try TargetKind(occurringIn: labels, as: kind) }
        }
    }

    @Test func `blanks around names in a list do not count`() throws {
        #expect(try LabelSet(list: "bad, very good ").names == ["bad", "very good"])
        #expect(throws: OfframpError.self) { try LabelSet(list: "bad, ") }
    }

    static let values: [(String, Float?)] = [
        ("3.8", 3.8), ("-1", -1), ("1e2", 100), ("nan", nil), ("inf", nil), ("", nil), ("x", nil),
    ]

    @Test(arguments: values) func `reads numbers as values`(text: String, value: Float?) {
        #expect(TargetKind.value.target(.text(text))?.value == value)
    }
}
