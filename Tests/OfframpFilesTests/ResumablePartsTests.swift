import Glibc
import OfframpFiles
import TestFiles
import Testing

@Suite struct ResumablePartsTests {
    let folder = TemporaryFolder()

    /// The parts of a run that has not ended.
    private func parts(
        _ manifest: JSON = ["input": "a"], overwriting: Bool = false
    ) throws -> ResumableParts {
        let parts = try ResumableParts(
            folder("out.txt"), manifest: manifest, overwriting: overwriting)
        guard let parts else { throw Ended() }
        return parts
    }

    private struct Ended: Error {}

    private func hasEnded(overwriting: Bool = false) throws -> Bool {
        do { _ = try parts(overwriting: overwriting) } catch is Ended { return true }
        return false
    }

    /// What a run leaves that is interrupted when the output has its name.
    private func interruptAfterTheEnd() {
        let output = folder.file("out.txt", "one\n")
        var status = stat()
        stat(output, &status)
        mkdir(folder("out.txt.parts"), 0o700)
        let modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
        let whole = "{\"inode\": \(status.st_ino), \"modified\": \(modified)}"
        _ = folder.file("out.txt.parts/manifest.json", "{\"input\": \"a\", \"whole\": \(whole)}")
        _ = folder.file("out.txt.parts/lock", "")
        _ = folder.file("out.txt.parts/0-out.txt", "one\n")
    }

    private func write(_ text: String, to parts: inout ResumableParts) throws {
        var file = try OutputFile(path: parts.nextPath, overwriting: true)
        try file.write(text)
        try file.commit()
        parts.addPart()
    }

    @Test func `what is complete is kept, and joined at the end`() throws {
        do {
            var first = try parts()
            try write("one\n", to: &first)
            try write("two\n", to: &first)
            // Not complete when the process ends.
            var file = try OutputFile(path: first.nextPath, overwriting: false)
            try file.write("thr")
        }
        var second = try parts()
        #expect(second.count == 2)
        try write("three\n", to: &second)
        try second.finish()
        #expect(contents(folder("out.txt")) == "one\ntwo\nthree\n")
        #expect(folder.names == ["out.txt"])
    }

    @Test func `parts of another run are refused by what differs`() throws {
        do {
            var first = try parts(["input": "a", "policy": "full"])
            try write("one\n", to: &first)
        }
        let cases: [(JSON, String)] = [
            (["input": "b", "policy": "full"], "input"), (["input": "a", "policy": "x"], "policy"),
            (["input": "a"], "policy"), (["input": "a", "policy": "full", "new": "y"], "new"),
        ]
        for (manifest, key) in cases {
            let error = failure { _ = try parts(manifest) }
            #expect(error?.kind == .usage && error?.place.hasSuffix(": \(key)") == true)
        }
        let count = try parts(["input": "a", "policy": "full"]).count
        #expect(count == 1)
    }

    @Test(arguments: [false, true])
    func `a run that was interrupted after its end is complete`(overwriting: Bool) throws {
        interruptAfterTheEnd()
        #expect(try hasEnded(overwriting: overwriting))
        #expect(contents(folder("out.txt")) == "one\n")
        #expect(folder.names == ["out.txt"])
    }

    @Test func `what a run leaves after its end makes no other run complete`() throws {
        interruptAfterTheEnd()
        let error = failure { _ = try parts(["input": "b"]) }
        #expect(error?.kind == .usage && error?.place == folder("out.txt"))
        #expect(folder.names == ["out.txt"])
        interruptAfterTheEnd()
        var other = try parts(["input": "b"], overwriting: true)
        #expect(other.count == 0)
        try write("two\n", to: &other)
        try other.finish()
        #expect(contents(folder("out.txt")) == "two\n")
    }

    @Test func `another file of that name does not end a run`() throws {
        interruptAfterTheEnd()
        _ = folder.file("theirs", "theirs")
        #expect(rename(folder("theirs"), folder("out.txt")) == 0)
        #expect(failure { try hasEnded() }?.kind == .usage)
        #expect(contents(folder("out.txt.parts/0-out.txt")) == "one\n")
        let count = try parts(overwriting: true).count
        #expect(count == 1)
    }

    @Test func `only complete parts of this run count`() throws {
        do {
            var first = try parts()
            try write("one\n", to: &first)
        }
        for name in [".1-out.txt.7-0.partial", "2-out.txt"] {
            _ = folder.file("out.txt.parts/" + name, "old")
        }
        do {
            var second = try parts()
            #expect(second.count == 1)
            #expect(!Folder.names(in: folder("out.txt.parts")).contains { $0.hasPrefix(".") })
            try write("two\n", to: &second)
            try write("three\n", to: &second)
        }
        let third = try parts()
        #expect(third.count == 3)
        try third.finish()
        #expect(contents(folder("out.txt")) == "one\ntwo\nthree\n")
        #expect(folder.names == ["out.txt"])
    }

    @Test func `files without a manifest are neither parts nor removed`() throws {
        mkdir(folder("out.txt.parts"), 0o700)
        _ = folder.file("out.txt.parts/0-out.txt", "theirs")
        let error = failure { _ = try parts() }
        #expect(error?.kind == .usage && error?.place == folder("out.txt.parts"))
        #expect(Folder.names(in: folder("out.txt.parts")) == ["0-out.txt"])
    }

    @Test func `a name that was taken in the meantime costs no part`() throws {
        var first = try parts()
        try write("one\n", to: &first)
        _ = folder.file("out.txt", "theirs")
        do {
            try first.finish()
            Issue.record("their file is replaced")
        } catch let error as OfframpError { #expect(error.kind == .usage) }
        #expect(contents(folder("out.txt")) == "theirs")
        #expect(contents(folder("out.txt.parts/0-out.txt")) == "one\n")
    }

    @Test func `one writer at a time`() throws {
        do {
            let first = try parts()
            let error = failure { _ = try parts() }
            #expect(error?.kind == .busy)
            #expect(first.count == 0)
        }
        let count = try parts().count
        #expect(count == 0)
    }

    @Test func `a lock on a file that is gone keeps nobody out`() throws {
        mkdir(folder("out.txt.parts"), 0o700)
        let descriptor = open(folder("out.txt.parts/lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        #expect(failure { _ = try parts() }?.kind == .busy)
        unlink(folder("out.txt.parts/lock"))
        #expect(failure { _ = try parts() } == nil)
    }

    @Test func `writers that come while another one removes the folder do not mix`() async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<40 { try writeAlone() }
                }
            }
            try await group.waitForAll()
        }
        #expect(contents(folder("out.txt")) == "one\n")
        #expect(folder.names == ["out.txt"])
    }

    /// Writes the output, unless another writer has the parts.
    private func writeAlone() throws {
        do {
            var parts = try parts(overwriting: true)
            #expect(parts.count == 0)
            #expect(mkdir(folder("writing"), 0o700) == 0)
            try write("one\n", to: &parts)
            rmdir(folder("writing"))
            try parts.finish()
        } catch let error as OfframpError where error.kind == .busy {}
    }

    @Test func `a link stays a link, and the parts are beside the file`() throws {
        mkdir(folder("there"), 0o700)
        _ = folder.file("there/file", "old")
        symlink("there/file", folder("out.txt"))
        var new = try parts(overwriting: true)
        try write("new", to: &new)
        #expect(Folder.exists(folder("there/file.parts")))
        try new.finish()
        #expect(contents(folder("there/file")) == "new")
        #expect(folder.names == ["out.txt", "there"])
        #expect(Folder.names(in: folder("there")) == ["file"])
    }

    @Test func `a device cannot be resumed`() {
        let error = failure {
            _ = try ResumableParts("/dev/null", manifest: [:], overwriting: true)
        }
        #expect(error?.kind == .usage && error?.place == "/dev/null")
    }

    @Test func `an output that exists is replaced only when that is allowed`() throws {
        _ = folder.file("out.txt", "old")
        #expect(failure { _ = try parts() }?.kind == .usage)
        #expect(folder.names == ["out.txt"])
        var new = try parts(overwriting: true)
        try write("new", to: &new)
        #expect(contents(folder("out.txt")) == "old")
        try new.finish()
        #expect(contents(folder("out.txt")) == "new")
    }

    @Test func `a folder that cannot be made is an I/O error`() {
        let error = failure {
            _ = try ResumableParts("/proc/nowhere/out", manifest: [:], overwriting: false)
        }
        #expect(error?.kind == .io)
    }
}
