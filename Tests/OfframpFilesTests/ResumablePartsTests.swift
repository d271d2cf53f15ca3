import Glibc
import OfframpFiles
import TestFiles
import Testing

@Suite struct ResumablePartsTests {
    let folder = TemporaryFolder()

    private func parts(
        _ manifest: JSON = ["input": "a"], overwriting: Bool = false
    ) throws -> ResumableParts {
        try ResumableParts(folder("out.txt"), manifest: manifest, overwriting: overwriting)
    }

    private func write(_ text: String, to parts: inout ResumableParts) throws {
        var file = try OutputFile(path: parts.nextPath, overwriting: false)
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

    @Test func `an interruption after the end is no new beginning`() throws {
        let output = folder("out.txt")
        do {
            var first = try parts()
            try write("one\n", to: &first)
        }
        #expect(!ResumableParts.areJoined(output))
        _ = folder.file("out.txt", "one\n")
        // Somebody else's file.
        #expect(!ResumableParts.areJoined(output))
        _ = folder.file("out.txt.parts/joined", "")
        #expect(ResumableParts.areJoined(output))
        for name in ["manifest.json", "lock", "0-out.txt", "joined"] {
            #expect(unlink(folder("out.txt.parts/" + name)) == 0)
            #expect(ResumableParts.areJoined(output), "\(name)")
        }
        ResumableParts.remove(output)
        #expect(folder.names == ["out.txt"])
    }

    @Test func `a name that was taken in the meantime costs no part`() throws {
        var first = try parts()
        try write("one\n", to: &first)
        _ = folder.file("out.txt", "theirs")
        do {
            try first.finish()
            Issue.record("their file is replaced")
        } catch let error as OfframpError { #expect(error.kind == .usage) }
        #expect(!ResumableParts.areJoined(folder("out.txt")))
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
