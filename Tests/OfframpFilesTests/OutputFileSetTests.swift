import OfframpFiles
import TestFiles
import Testing

@Suite struct OutputFileSetTests {
    let folder = TemporaryFolder()

    private func write(_ text: String, _ path: String) throws {
        var file = try OutputFile(path: path, overwriting: false)
        try file.write(text)
        try file.commit()
    }

    @Test func `files appear together beside others`() throws {
        for name in ["old", "kept"] { _ = folder.file(name, name) }
        let files = try OutputFileSet(in: folder.path)
        for name in ["old", "new"] { try write("fresh", "\(files.temporaryPath)/\(name)") }
        #expect(contents(folder("old")) == "old" && !folder.names.contains("new"))
        try files.commit(["old", "new"])
        #expect(folder.names == ["kept", "new", "old"])
        #expect(["kept", "new", "old"].map { contents(folder($0)) } == ["kept", "fresh", "fresh"])
    }

    @Test func `without a commit everything is as it was`() throws {
        _ = folder.file("old", "old")
        func abandon() throws {
            let files = try OutputFileSet(in: folder.path)
            try write("fresh", "\(files.temporaryPath)/old")
        }
        try abandon()
        #expect(folder.names == ["old"] && contents(folder("old")) == "old")
    }

    @Test func `a folder that is not there is named`() {
        let error = #expect(throws: OfframpError.self) { _ = try OutputFileSet(in: folder("no")) }
        #expect(error?.kind == .io && error?.place == folder("no"))
    }
}
