import Glibc
import OfframpFiles
import TestFiles
import Testing

struct MappedFileTests {
    let folder = TemporaryFolder()

    @Test(arguments: [0, 1, 4095, 4096, 4097, 100_000])
    func `maps every byte of a file`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let file = try MappedFile(path: folder.file("bytes", bytes))
        #expect(file.withBytes { Array($0) } == bytes)
    }

    @Test(arguments: [0, 1, 4097])
    func `holds a copy of bytes that are in no file`(count: Int) throws {
        var bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let file = try MappedFile(copying: bytes, named: "a message")
        let expected = bytes
        if count > 0 { bytes[0] = 0xFF }
        #expect(file.path == "a message" && file.withBytes { Array($0) } == expected)
    }

    @Test(arguments: ["missing", ".", "pipe", "bytes/below"])
    func `refuses what is not a readable file`(name: String) throws {
        mkfifo(folder("pipe"), 0o600)
        _ = folder.file("bytes", [1])
        let error = #expect(throws: OfframpError.self) { try MappedFile(path: folder(name)) }
        #expect(error?.kind == .noInput)
        #expect(error?.place == folder(name))
    }
}
