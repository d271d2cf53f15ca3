import OfframpData
import TestFiles
import Testing

@Suite struct ChecksumTests {
    /// `python3 -c "import zlib; print(hex(zlib.crc32(b'123456789')))"`, which is the check value of the standard.
    @Test func `is the CRC-32 of gzip beside the size`() throws {
        let folder = TemporaryFolder()
        #expect(try Checksum.of(folder.file("a", "123456789")) == "9-cbf43926")
        #expect(try Checksum.of(folder.file("b", "")) == "0-0")
        // `zlib.crc32(b'a' * 3_000_000)`: more than a block.
        #expect(
            try Checksum.of(folder.file("c", String(repeating: "a", count: 3_000_000)))
                == "3000000-dcb277ea")
    }
}
