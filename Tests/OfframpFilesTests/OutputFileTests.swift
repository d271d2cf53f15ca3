import Glibc
import OfframpFiles
import TestFiles
import Testing

@Suite(.serialized) struct OutputFileTests {
    let folder = TemporaryFolder()

    @Test(arguments: [0, 1, 1 << 18, 1 << 18 + 1, 3 << 18 + 7])
    func `holds every byte after the commit`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        var output = try OutputFile(path: folder("out"), overwriting: false)
        for piece in stride(from: 0, to: count, by: 100_003) {
            try bytes[piece..<min(count, piece + 100_003)].withUnsafeBytes { try output.write($0) }
        }
        try output.commit()
        #expect(try contents("out") == bytes)
        #expect(folder.names == ["out"])
    }

    @Test func `a piece larger than the buffer keeps its place`() throws {
        var output = try OutputFile(path: folder("out"), overwriting: false)
        let large = String(repeating: "b", count: 1 << 19)
        for text in ["a", large, "c"] { try output.write(text) }
        try output.commit()
        #expect(try contents("out") == Array(("a" + large + "c").utf8))
    }

    @Test func `the old file stays until the commit`() throws {
        _ = folder.file("out", "old")
        var output = try OutputFile(path: folder("out"), overwriting: true)
        try output.write("new")
        try output.flush()
        #expect(try contents("out") == Array("old".utf8))
        try output.commit()
        #expect(try contents("out") == Array("new".utf8))
        #expect(folder.names == ["out"])
    }

    @Test func `without a commit nothing is left behind`() throws {
        func abandon() throws {
            var output = try OutputFile(path: folder("out"), overwriting: false)
            try output.write("half")
        }
        try abandon()
        #expect(folder.names == [])
    }

    @Test func `a full disk leaves the old file`() throws {
        _ = folder.file("out", "old")
        let error = withFileSizeLimit(1 << 20) {
            #expect(throws: OfframpError.self) {
                var output = try OutputFile(path: folder("out"), overwriting: true)
                for _ in 0..<3 { try output.write(String(repeating: "x", count: 1 << 19)) }
                try output.commit()
            }
        }
        #expect(error?.kind == .io)
        #expect(try contents("out") == Array("old".utf8))
        #expect(folder.names == ["out"])
    }

    @Test func `a full device is reported`() throws {
        let error = #expect(throws: OfframpError.self) {
            var output = try OutputFile(path: "/dev/full", overwriting: false)
            try output.write("x")
            try output.commit()
        }
        #expect(error?.description.contains("No space left on device") == true)
    }

    @Test func `a device is written to and not replaced`() throws {
        var output = try OutputFile(path: "/dev/null", overwriting: false)
        try output.write("x")
        try output.commit()
        #expect(access("/dev/null", W_OK) == 0)
    }

    @Test(arguments: [
        ("out", OfframpError.Kind.usage), (".", .usage), ("no/out", .io), ("out/below", .io),
    ])
    func `refuses what it cannot write`(name: String, kind: OfframpError.Kind) throws {
        _ = folder.file("out", "old")
        let error = #expect(throws: OfframpError.self) {
            try OutputFile(path: folder(name), overwriting: false).commit()
        }
        #expect(error?.kind == kind)
        #expect(error?.place == folder(name))
        #expect(folder.names == ["out"])
    }

    @Test func `two writers of one name do not mix`() throws {
        var first = try OutputFile(path: folder("out"), overwriting: true)
        var second = try OutputFile(path: folder("out"), overwriting: true)
        try first.write("first")
        try second.write("second")
        try first.commit()
        #expect(try contents("out") == Array("first".utf8))
        try second.commit()
        #expect(try contents("out") == Array("second".utf8))
        #expect(folder.names == ["out"])
    }

    @Test func `a link stays a link, and the access rights stay`() throws {
        _ = folder.file("target", "old")
        chmod(folder("target"), 0o640)
        symlink("target", folder("out"))
        var output = try OutputFile(path: folder("out"), overwriting: true)
        try output.write("new")
        try output.commit()
        #expect(try contents("target") == Array("new".utf8))
        var status = stat()
        #expect(lstat(folder("out"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(stat(folder("target"), &status) == 0 && status.st_mode & 0o777 == 0o640)
    }

    private func contents(_ name: String) throws -> [UInt8] {
        try MappedFile(path: folder(name)).withBytes { Array($0) }
    }

    /// Runs `body` while no file of this process can grow past `bytes`: writing fails as on a full
    /// disk.
    private func withFileSizeLimit<Result>(_ bytes: UInt, _ body: () -> Result) -> Result {
        var old = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
        let oldHandler = signal(SIGXFSZ, SIG_IGN)
        var limited = rlimit(rlim_cur: bytes, rlim_max: old.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limited)
        defer {
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
            signal(SIGXFSZ, oldHandler)
        }
        return body()
    }

    @Test func `a file that has come meanwhile is kept`() throws {
        let error = #expect(throws: OfframpError.self) {
            var output = try OutputFile(path: folder("out"), overwriting: false)
            try output.write("ours")
            _ = folder.file("out", "theirs")
            try output.commit()
        }
        #expect(error?.kind == .usage && error?.expected.contains(folder("out.new")) == true)
        #expect(try contents("out") == Array("theirs".utf8))
        #expect(try contents("out.new") == Array("ours".utf8))
        #expect(folder.names == ["out", "out.new"])
    }

    @Test(arguments: [false, true]) func `a link to nothing is refused`(overwriting: Bool) {
        symlink(folder("nowhere"), folder("link"))
        let error = #expect(throws: OfframpError.self) {
            _ = try OutputFile(path: folder("link"), overwriting: overwriting)
        }
        #expect(error?.kind == .usage && error?.found == "a link to nothing")
        #expect(folder.names == ["link"])
    }

    @Test func `a name may begin with a combining mark`() throws {
        var output = try OutputFile(path: folder("\u{301}a"), overwriting: false)
        try output.write("a")
        try output.commit()
        #expect(folder.names == ["\u{301}a"])
    }
}
