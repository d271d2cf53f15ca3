import OfframpFiles
import OfframpTokenizer
import TestFiles
import Testing

@Suite struct VocabularyTests {
    private let folder = TemporaryFolder()
    private static let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    @Test func theShippedVocabularyIsBERTs() throws {
        let vocabulary = try Vocabulary.uncased.get()
        #expect(vocabulary.count == 30_522)
        #expect(vocabulary.pad == 0 && vocabulary.unk == 100 && vocabulary.cls == 101)
        #expect(vocabulary.sep == 102 && vocabulary.mask == 103)
        #expect(vocabulary.id(of: "hello") == 7592)
        #expect(vocabulary.id(of: "##ing") == 2075)
        #expect(vocabulary.id(of: "no such piece") == nil)
    }

    @Test func everyPieceIsFoundUnderItsId() throws {
        let vocabulary = try Vocabulary.uncased.get()
        let wrong = (0..<Int32(vocabulary.count)).filter {
            vocabulary.id(of: vocabulary.piece($0)) != $0
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: ["\n", "\r\n"], ["", "end"])
    func linesEndInEitherWayAndTheLastNeedNot(_ lineEnd: String, _ end: String) throws {
        let text = (Self.special + ["hello", "##s"]).joined(separator: lineEnd)
        let path = folder.file("vocab.txt", text + (end.isEmpty ? "" : lineEnd))
        let vocabulary = try Vocabulary(file: path)
        #expect(vocabulary.count == 7)
        #expect(vocabulary.piece(6) == "##s")
        #expect(vocabulary.id(of: "hello") == 5)
    }

    @Test func ofEqualPiecesTheLaterIdCounts() throws {
        let text = (Self.special + ["twice", "", "twice", "averylongpiece", "averylongpiece"])
            .joined(separator: "\n")
        let vocabulary = try Vocabulary(file: folder.file("vocab.txt", text))
        #expect(vocabulary.id(of: "twice") == 7)
        #expect(vocabulary.id(of: "averylongpiece") == 9)
        #expect(vocabulary.count == 10)
    }

    @Test func missingSpecialTokensAreAllNamed() {
        let path = folder.file("vocab.txt", "[UNK]\n[CLS]\n[PAD]\n")
        #expect(
            throws: OfframpError(
                .data, at: path, found: "no piece [SEP], [MASK]",
                expected: "the special tokens of BERT")
        ) { try Vocabulary(file: path) }
    }

    @Test func aLineThatIsNotUTF8IsNamed() {
        let path = folder.file("vocab.txt", Array("a\nb\n".utf8) + [0x63, 0xFF, 0x0A])
        #expect(
            throws: OfframpError(
                .data, at: path + ":3", found: "bytes that are not UTF-8",
                expected: "a piece in UTF-8")
        ) { try Vocabulary(file: path) }
    }

    @Test func anEmptyFileAndNoFileAreErrors() {
        let empty = folder.file("vocab.txt", "")
        #expect(throws: OfframpError.self) { try Vocabulary(file: empty) }
        #expect(throws: OfframpError.self) { try Vocabulary(file: folder("none.txt")) }
    }
}
