import OfframpFiles
import TestFiles
import Testing

@Suite struct CheckTests {
    @Test func `what is found is listed with its lines`() throws {
        let checkpoint = try TinyCheckpoint()
        let path = checkpoint.folder.file(
            "data.tsv", "text\tlabel\ngood film\tpos\nbad film\tneg\ngood film\tneg\n")
        let table = checkpoint.run(["check", path])
        #expect(table.status == 0)
        #expect(table.output.contains("contradiction"))
        #expect(table.output.contains("data.tsv:2 = "))
        let figures = try JSON(
            parsing: checkpoint.run(["check", path, "--json"]).output, from: "output")
        #expect(figures["rows"]?.int == 3)
        let kinds = figures["details"]?.elements?.compactMap { $0["kind"]?.string }
        #expect(kinds == ["contradiction", "rare label", "rare label"])
    }

    @Test(arguments: [("", Int32(65)), ("text\tlabel\n", 0)])
    func `files without rows are told`(content: String, status: Int32) throws {
        let checkpoint = try TinyCheckpoint()
        let path = checkpoint.folder.file("empty.tsv", content)
        #expect(checkpoint.run(["check", path]).status == status)
    }
}
