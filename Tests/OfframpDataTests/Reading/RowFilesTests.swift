import Glibc
import OfframpData
import OfframpFiles
import TestFiles
import Testing

/// Several files, and folders of files.
@Suite struct RowFilesTests {
    private let folder = TemporaryFolder()

    /// The texts of files, and in their places what is wrong with a file.
    private func texts(_ paths: [String]) throws -> [String] {
        var files = try RowFiles(paths)
        var texts: [String] = []
        while true {
            do {
                guard let row = try files.next() else { return texts }
                texts.append(try row.get().text)
            } catch let error as OfframpError {
                texts.append("! \(error.place.split(separator: "/").last ?? "")")
            }
        }
    }

    /// A compressed file with the rows `good` and `bad`, of which the end is missing.
    private func cut(_ packed: CompressionTests.Packed) -> String {
        folder.file("cut.csv.\(packed.ending)", Array(packed.bytes.dropLast(2)))
    }

    @Test(arguments: CompressionTests.packed)
    func `behind a damaged file the next one follows`(packed: CompressionTests.Packed) throws {
        let (broken, next) = (cut(packed), folder.file("next.csv", "text\nfine\n"))
        let damage = "! cut.csv.\(packed.ending):4"
        let (damaged, whole) = (["good", "bad", damage], ["fine"])
        #expect(try texts([broken, next]) == damaged + whole)
        #expect(try texts([next, broken]) == whole + damaged)
        #expect(try texts([broken, broken, next]) == damaged + damaged + whole)
    }

    @Test(arguments: CompressionTests.packed)
    func `counting rows tells what is damaged`(packed: CompressionTests.Packed) throws {
        let (broken, next) = (cut(packed), folder.file("next.csv", "text\nfine\n"))
        let count = try RowFiles.rowCount([broken, next, broken], ReadingOptions())
        #expect(count.rows == 5)
        #expect(count.damage.map(\.place) == ["\(broken):4", "\(broken):4"])
        #expect(try RowFiles.rowCount([next, next], ReadingOptions()).damage.isEmpty)
    }

    @Test func `of a folder data files are read, and a note says what is not`() throws {
        for (name, text) in [
            ("a.txt", "fine\n"), ("b.txt", ""), ("notes.md", "x"), ("part-00000", "x\n"),
            ("_SUCCESS", ""), (".hidden.txt", "x\n"),
        ] { _ = folder.file(name, text) }
        _ = folder.file("c.CSV.GZ", CompressionTests.packed[0].bytes)
        mkdir(folder("day=2"), 0o700)
        mkfifo(folder("pipe.txt"), 0o600)
        #expect(try texts([folder.path]) == ["fine", "good", "bad"])
        let why = "files and folders, which are empty or do not look like data:"
        var files = try RowFiles([folder.path])
        let notes = files.takeNotes()
        #expect(
            notes == ["\(folder.path): passed over 5 of 7 \(why) b.txt, day=2, notes.md, …"])
        var plain = try RowFiles([folder.path], ReadingOptions(format: .text))
        let fewer = plain.takeNotes()
        #expect(fewer == ["\(folder.path): passed over 3 of 7 \(why) b.txt, day=2, pipe.txt"])
    }

    @Test func `a folder of data alone has no note, and one of empty files is refused`() throws {
        for name in ["b.txt", "a.txt"] { _ = folder.file(name, "") }
        let error = failure { try RowFiles([folder.path]).columns }
        #expect(error?.kind == .data && error?.place == folder("a.txt"))
        for name in ["b.txt", "a.txt"] { _ = folder.file(name, "good\n") }
        var files = try RowFiles([folder.path + "/"])
        let notes = files.takeNotes()
        #expect(notes.isEmpty)
    }
}
