import CZlib
import OfframpFiles

/// What tells whether something is still the same.
package enum Checksum {
    private static let blockSize = 1 << 20

    /// A file's size and CRC-32.
    ///
    /// - Throws: `OfframpError` as `MappedFile` does.
    package static func of(_ path: String) throws -> String {
        try MappedFile(path: path).withBytes { "\($0.count)-\(sum($0))" }
    }

    /// A text's CRC-32, in hexadecimal digits.
    package static func of(text: String) -> String {
        var text = text
        return text.withUTF8 { sum(UnsafeRawBufferPointer($0)) }
    }

    private static func sum(_ bytes: UnsafeRawBufferPointer) -> String {
        var sum = crc32(0, nil, 0)
        var rest = bytes[...]
        while !rest.isEmpty {
            let block = UnsafeRawBufferPointer(rebasing: rest.prefix(blockSize))
            sum = crc32(sum, block.bindMemory(to: UInt8.self).baseAddress, UInt32(block.count))
            rest = rest.dropFirst(block.count)
        }
        return String(sum, radix: 16)
    }
}
