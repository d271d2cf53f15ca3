import Glibc
import OfframpFiles
import TestFiles
import Testing

@Suite struct OutputFolderTests {
    private let folder = TemporaryFolder()

    /// Writes a folder with a file and a folder in it, and commits it if asked to.
    private func write(
        _ name: String, _ text: String, overwriting: Bool = false, committing: Bool = true
    ) throws {
        let output = try OutputFolder(path: folder(name), overwriting: overwriting)
        mkdir(output.temporaryPath + "/inner", 0o755)
        for file in ["file", "inner/file"] {
            var file = try OutputFile(path: "\(output.temporaryPath)/\(file)", overwriting: false)
            try file.write(text)
            try file.commit()
        }
        if committing { try output.commit() }
    }

    private func contents(_ name: String) throws -> String {
        try MappedFile(path: folder(name)).withBytes { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: ["out", "out/", "./out", "out//"])
    func `appears whole at the commit`(name: String) throws {
        try write(name, "new")
        #expect(folder.names == ["out"])
        #expect(try contents("out/file") == "new")
        #expect(try contents("out/inner/file") == "new")
    }

    @Test func `without a commit nothing is left behind`() throws {
        try write("out", "half", committing: false)
        #expect(folder.names == [])
    }

    @Test func `the old folder stays until the commit and goes with it`() throws {
        try write("out", "old")
        _ = folder.file("out/other", "old")
        try write("out", "half", overwriting: true, committing: false)
        #expect(try contents("out/file") == "old")
        try write("out", "new", overwriting: true)
        #expect(folder.names == ["out"])
        #expect(Folder.names(in: folder("out")) == ["file", "inner"])
        #expect(try contents("out/inner/file") == "new")
    }

    @Test(arguments: [
        ("folder", false, OfframpError.Kind.usage), ("file", false, .usage), ("file", true, .usage),
        ("no/out", false, .io), ("file/out", true, .io),
    ])
    func `refuses what it cannot write`(
        name: String, overwriting: Bool, kind: OfframpError.Kind
    ) throws {
        try write("folder", "old")
        _ = folder.file("file", "old")
        let error = failure {
            try OutputFolder(path: folder(name), overwriting: overwriting).commit()
        }
        #expect(error?.kind == kind)
        #expect(error?.place == folder(name))
        #expect(folder.names == ["file", "folder"])
        #expect(try contents("folder/file") == "old")
    }

    @Test func `a name that was taken meanwhile is not replaced`() throws {
        let error = failure {
            let late = try OutputFolder(path: folder("out"), overwriting: false)
            try write("out", "first")
            try late.commit()
        }
        #expect(error?.kind == .io)
        #expect(folder.names == ["out"])
        #expect(try contents("out/file") == "first")
    }

    @Test func `a link stays a link`() throws {
        try write("target", "old")
        symlink("target", folder("out"))
        try write("out", "new", overwriting: true)
        var status = stat()
        #expect(lstat(folder("out"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(try contents("target/file") == "new")
        #expect(folder.names == ["out", "target"])
    }

    @Test func `what is removed does not take the targets of its links along`() throws {
        try write("kept", "kept")
        try write("out", "old")
        symlink(folder("kept"), folder("out/link"))
        try write("out", "new", overwriting: true)
        #expect(try contents("kept/inner/file") == "kept")
        #expect(Folder.names(in: folder("out")) == ["file", "inner"])
    }
}
