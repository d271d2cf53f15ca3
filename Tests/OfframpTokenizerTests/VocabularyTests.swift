import OfframpFiles
import OfframpTokenizer
import TestFiles
import Testing

@Suite struct VocabularyTests {
    private let folder = TemporaryFolder()
    private static let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    @Test func `the shipped vocabulary is BERT's`() throws {
        let vocabulary = try Vocabulary.uncased.get()
        #expect(vocabulary.count == 30_522)
        #expect(vocabulary.unk == 100 && vocabulary.cls == 101 && vocabulary.sep == 102)
        #expect(vocabulary.id(of: "[PAD]") == 0 && vocabulary.id(of: "[MASK]") == 103)
        #expect(vocabulary.id(of: "hello") == 7592)
        #expect(vocabulary.id(of: "##ing") == 2075)
        #expect(vocabulary.id(of: "no such piece") == nil)
    }

    @Test func `every piece is found under its id`() throws {
        let vocabulary = try Vocabulary.uncased.get()
        let wrong = (0..<Int32(vocabulary.count)).filter {
            vocabulary.id(of: vocabulary.piece($0)) != $0
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: ["\n", "\r\n"], ["", "end"])
    func `lines end in either way, and the last need not`(_ lineEnd: String, _ end: String) throws {
        let text = (Self.special + ["hello", "##s"]).joined(separator: lineEnd)
        let path = folder.file("vocab.txt", text + (end.isEmpty ? "" : lineEnd))
        let vocabulary = try Vocabulary(file: path)
        #expect(vocabulary.count == 7)
        #expect(vocabulary.piece(6) == "##s")
        #expect(vocabulary.id(of: "hello") == 5)
    }

    @Test func `of equal pieces the later id counts`() throws {
        let text = (Self.special + ["twice", "", "twice", "averylongpiece", "averylongpiece"])
            .joined(separator: "\n")
        let vocabulary = try Vocabulary(file: folder.file("vocab.txt", text))
        #expect(vocabulary.id(of: "twice") == 7)
        #expect(vocabulary.id(of: "averylongpiece") == 9)
        #expect(vocabulary.count == 10)
    }

    @Test func `missing special tokens are all named`() {
        let path = folder.file("vocab.txt", "[UNK]\n[CLS]\n")
        #expect(
            throws: OfframpError(
                .data, at: path, found: "no piece [SEP]",
                expected: "the special tokens of the model")
        ) { try Vocabulary(file: path) }
    }

    @Test func `a line that is not UTF-8 is named`() {
        let path = folder.file("vocab.txt", Array("a\nb\n".utf8) + [0x63, 0xFF, 0x0A])
        #expect(
            throws: OfframpError(
                .data, at: path + ":3", found: "bytes that are not UTF-8",
                expected: "a piece in UTF-8")
        ) { try Vocabulary(file: path) }
    }

    @Test func `an empty file and no file are errors`() {
        let empty = folder.file("vocab.txt", "")
        #expect(throws: OfframpError.self) { try Vocabulary(file: empty) }
        #expect(throws: OfframpError.self) { try Vocabulary(file: folder("none.txt")) }
    }
}
