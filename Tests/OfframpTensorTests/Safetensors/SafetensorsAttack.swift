import OfframpTensor
import Testing

/// A file that must be refused when it is opened, and what the refusal must say.
struct SafetensorsAttack: Sendable, CustomTestStringConvertible {
    let name: String
    let file: SafetensorsBytes
    let saying: String

    var testDescription: String { name }

    init(_ name: String, _ file: SafetensorsBytes, saying: String) {
        self.name = name
        self.file = file
        self.saying = saying
    }

    static let all = lengths + texts + forms + ranges + pairs + shapes
}

// MARK: - The header as a whole

extension SafetensorsAttack {
    private static let lengths =
        [0, 7, 8].map { count in
            let file = SafetensorsBytes(bytes: SafetensorsBytes("{}").bytes, upTo: count)
            return SafetensorsAttack("file of \(count) bytes", file, saying: "found")
        }
        + [UInt64(0), 1, 1 << 63, .max, 100_000_001, 1000, 67].map { length in
            let header = "{\(entry("w", "F32", "[2]", "0", "8"))}"
            return SafetensorsAttack(
                "header length \(length)", SafetensorsBytes(header, data: 8, length: length),
                saying: "found a header of \(length) bytes")
        }

    private static func text(_ name: String, _ header: String, saying: String) -> Self {
        Self(name, SafetensorsBytes(header, data: 8), saying: saying)
    }

    private static let texts = [
        text("not JSON", "hello world", saying: "header: byte 0"),
        text("blanks", "        ", saying: "header: byte 8"),
        text("an array", "[]", saying: "header: found [], expected an object of tensors"),
        text("two values", "{} {}", saying: "header: byte 3"),
        text("a trailing comma", #"{"a":1,}"#, saying: "header: byte 7"),
        text("nested arrays", String(repeating: "[", count: 1_000_000), saying: "64 nested levels"),
        text(
            "nested objects", String(repeating: #"{"a":"#, count: 1_000_000),
            saying: "64 nested levels"),
        text("half a surrogate pair", #"{"\ud800\u0041":1}"#, saying: "surrogate"),
        text(
            "duplicate names",
            "{\(entry("w", "F32", "[1]", "0", "4")),\(entry("w", "F32", "[1]", "4", "8"))}",
            saying: "the key \"w\" a second time"),
        text(
            "duplicate names, one escaped",
            "{\(entry("w", "F32", "[1]", "0", "4")),\(entry("\\u0077", "F32", "[1]", "4", "8"))}",
            saying: "the key \"w\" a second time"),
        text(
            "duplicate keys",
            #"{"w":{"dtype":"F32","dtype":"I8","shape":[2],"data_offsets":[0,8]}}"#,
            saying: "the key \"dtype\" a second time"),
        text("data of no tensor", "{}", saying: "found 8 bytes of data"),
        SafetensorsAttack(
            "not UTF-8", SafetensorsBytes(Array("{\"".utf8) + [0xFF, 0xC0] + Array("\":1}".utf8)),
            saying: "not UTF-8"),
    ]

    private static let forms = [
        ("3", "found 3, expected an object of dtype, shape, data_offsets"),
        ("{}", "dtype: found nothing"), ("[]", "found []"), ("null", "found null"),
        (#"{"dtype":"F32","shape":[2]}"#, "data_offsets: found nothing"),
        (
            #"{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":0}"#,
            "found the key \"more\""
        ),
        (#"{"dtype":32,"shape":[2],"data_offsets":[0,8]}"#, "dtype: found 32"),
        (#"{"dtype":"F32","shape":2,"data_offsets":[0,8]}"#, "shape: found 2"),
        (
            #"{"dtype":"F32","shape":[2],"data_offsets":{"0":8}}"#,
            #"data_offsets: found {"0": 8}"#
        ),
    ].map { form, saying in
        text("form \(form)", "{\"w\":\(form)}", saying: "tensor \"w\": \(saying)")
    }
}

// MARK: - One entry

extension SafetensorsAttack {
    private static func range(
        _ name: String, _ begin: String, _ end: String, saying: String = "data_offsets: found"
    ) -> Self {
        let header = "{\(entry("w", "F32", "[2]", begin, end))}"
        return Self("range " + name, SafetensorsBytes(header, data: 8), saying: saying)
    }

    private static let ranges = [
        range("reversed", "8", "0"),
        range("negative", "-8", "0"),
        range("with a negative end", "0", "-8"),
        range("of fractions", "0", "8.0"),
        range("of texts", "0", "\"8\""),
        range("of three numbers", "0", "8,8"),
        range("at the end of 64 bits", "9223372036854775799", "9223372036854775807"),
        range("past 64 bits", "18446744073709551608", "18446744073709551616"),
        range("not from the start", "4", "12", saying: "tensor \"w\": found data from byte 4"),
        range(
            "far past the file", "1099511627776", "1099511627784", saying: "found data from byte"),
    ]

    private static func shape(
        _ name: String, _ shape: String, type: String = "F32", saying: String = "found 8 bytes"
    ) -> Self {
        let header = "{\(entry("w", type, shape, "0", "8"))}"
        return Self("shape " + name, SafetensorsBytes(header, data: 8), saying: saying)
    }

    private static let shapes = [
        shape("with a product past 64 bits", "[4294967296,4294967296]", saying: "fits 64 bits"),
        shape("with a size past 64 bits", "[2305843009213693954]", saying: "fits 64 bits"),
        shape("past 64 bits before a zero", "[4294967296,4294967296,0]", saying: "fits 64 bits"),
        shape("past 64 bits in itself", "[18446744073709551616]", saying: "whole numbers"),
        shape("negative", "[-2]", saying: "whole numbers"),
        shape("of two negatives", "[-2,-1]", saying: "whole numbers"),
        shape("of fractions", "[2.0]", saying: "whole numbers"),
        shape("larger than its range", "[3]"),
        shape("smaller than its range", "[1]"),
        shape("empty with a range", "[0]"),
        shape("without dimensions", "[]"),
        shape("in a smaller type", "[2]", type: "F16"),
        shape("in a larger type", "[2]", type: "I64"),
        shape("in an unknown type", "[8]", type: "F7", saying: #"dtype: found "F7""#),
        shape("in a type in small letters", "[2]", type: "f32", saying: #"dtype: found "f32""#),
    ]
}

// MARK: - Two entries

extension SafetensorsAttack {
    private static func pair(
        _ name: String, _ a: (Int, Int), _ b: (Int, Int), data: Int,
        saying: String = "tensor \"b\": found data from byte"
    ) -> Self {
        let entries = [("a", a), ("b", b)].map { name, range in
            entry(name, "F32", "[\((range.1 - range.0) / 4)]", "\(range.0)", "\(range.1)")
        }
        let header = "{" + entries.joined(separator: ",") + "}"
        return Self("pair " + name, SafetensorsBytes(header, data: data), saying: saying)
    }

    private static let pairs = [
        pair("overlapping", (0, 8), (4, 12), data: 12),
        pair("the same", (0, 8), (0, 8), data: 8),
        pair("one in the other", (0, 12), (4, 8), data: 12),
        pair("an empty one in the other", (0, 8), (4, 4), data: 8),
        pair("with a gap", (0, 4), (8, 12), data: 12),
        pair("past the file", (0, 4), (4, 12), data: 8, saying: "found 8 bytes of data"),
        pair("not to the end", (0, 4), (4, 8), data: 12, saying: "found 12 bytes of data"),
    ]
}
