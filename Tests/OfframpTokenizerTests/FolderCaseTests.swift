import OfframpFiles
import OfframpTokenizer
import TestFiles
import Testing

/// A folder in a form that people have, and the ids that Hugging Face gives with it, from
/// Scripts/make-tokenizer-folder-fixtures.py.
struct FolderCase: Sendable, CustomTestStringConvertible {
    let name: String
    private let files: [JSON.Member]
    let encoded: [(text: String, pair: String?, ids: [Int32])]

    init(_ row: JSON) {
        name = row["name"]?.string ?? ""
        files = row["files"]?.members ?? []
        encoded = (row["encoded"]?.elements ?? []).map { parts in
            let parts = parts.elements ?? []
            let ids = parts.last?.elements?.compactMap(\.int) ?? []
            return (
                parts[0].string ?? "", parts.count > 2 ? parts[1].string : nil,
                ids.map { Int32($0) }
            )
        }
    }

    var testDescription: String { name }

    static let all = ((try? Fixture.rows("tokenizer/folders.json")) ?? []).map(FolderCase.init)

    func write(to folder: TemporaryFolder) {
        for file in files { _ = folder.file(file.key, file.value.string ?? "") }
    }
}

@Suite struct FolderCaseTests {
    @Test func `the file of folders is not empty`() { #expect(FolderCase.all.count > 100) }

    @Test(arguments: FolderCase.all)
    func `a folder gives Hugging Face's ids`(_ folder: FolderCase) throws {
        let files = TemporaryFolder()
        folder.write(to: files)
        let tokenizer = try Tokenizer(folder: files.path)
        #expect(folder.encoded.count > 5)
        for (text, pair, ids) in folder.encoded {
            #expect(tokenizer.encode(text, pair: pair).ids == ids, "\(text) \(pair ?? "")")
        }
    }

    /// Pieces in front, behind and between added tokens keep their places in the text.
    @Test func `an added word has its place in the text`() throws {
        let files = TemporaryFolder()
        _ = files.file("vocab.txt", "[UNK]\n[CLS]\n[SEP]\nthe\nfilm\n##s\n")
        _ = files.file("added_tokens.json", #"{"covid19": 6}"#)
        let tokenizer = try Tokenizer(folder: files.path)
        let text = "Thé  COVID19 films"
        let encoding = tokenizer.encode(text, tracksRanges: true)
        #expect(encoding.ids == [1, 3, 6, 4, 5, 2])
        let bytes = Array(text.utf8)
        let covered = encoding.ranges?.map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(covered == ["", "Thé", "COVID19", "film", "s", ""])
    }
}
