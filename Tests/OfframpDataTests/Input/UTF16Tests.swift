import OfframpData
import OfframpFiles
import TestFiles
import Testing

@Suite struct UTF16Tests {
    private let folder = TemporaryFolder()

    private static func bytes(_ text: String, isBigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isBigEndian ? bytes : bytes.reversed()
        }
    }

    private func rows(_ bytes: [UInt8]) throws -> [String] {
        var reader = try RowReader(path: folder.file("f.tsv", bytes))
        var rows: [String] = []
        while let row = try reader.next() {
            rows.append((try? row.get().text) ?? "!")
        }
        return rows
    }

    @Test(
        arguments: [
            "text\tlabel\r\na 😀 film\tx\r\ncafé\ty", "sentence\n日本語の映画\n",
            "sentence\nочень хороший фильм, который я видел\n",
        ], [false, true])
    func `is read with and without a mark`(text: String, isBigEndian: Bool) throws {
        let expected = try rows(Array(text.utf8))
        #expect(!expected.isEmpty)
        #expect(try rows(Self.bytes(text, isBigEndian: isBigEndian)) == expected)
        let marked = Self.bytes("\u{FEFF}" + text, isBigEndian: isBigEndian)
        #expect(try rows(marked) == expected)
    }

    @Test func `plain lines in other scripts are known without a mark`() throws {
        let lines = "очень хороший фильм\nплохой фильм\nhm\n"
        var reader = try RowReader(
            path: folder.file("f.txt", Self.bytes(lines, isBigEndian: false)))
        #expect(try reader.next()?.get().text == "очень хороший фильм")
    }

    @Test func `long texts are cut anywhere and stay whole`() throws {
        let text = String(repeating: "a😀é", count: 200_000)
        let bytes = Self.bytes("\u{FEFF}text\n\(text)\n", isBigEndian: false)
        #expect(try rows(bytes) == [text])
    }

    @Test func `half a character spoils its row alone`() throws {
        let lone = Self.bytes("\u{FEFF}text\na", isBigEndian: false) + [0x00, 0xD8]
        let rest = Self.bytes("\nb\n", isBigEndian: false)
        #expect(try rows(lone + rest) == ["!", "b"])
        #expect(try rows(lone) == ["!"])
        #expect(try rows(Self.bytes("\u{FEFF}text\nab", isBigEndian: false).dropLast()) == ["!"])
    }

    @Test func `zeros in UTF-8 are no sign of it`() throws {
        for text in ["text\na\0b\n", "text\nab\0cd\0e\n", "text\n\0\n"] {
            #expect(try rows(Array(text.utf8)) == [String(text.dropFirst(5).dropLast())])
        }
    }
}

extension [UInt8] {
    fileprivate func dropLast() -> [UInt8] { Array(self[..<(count - 1)]) }
}
