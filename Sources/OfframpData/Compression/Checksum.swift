import CZlib
import OfframpFiles

/// What tells whether a file is still the same.
package enum Checksum {
    private static let blockSize = 1 << 20

    /// A file's size and CRC-32.
    ///
    /// - Throws: `OfframpError` as `MappedFile` does.
    package static func of(_ path: String) throws -> String {
        try MappedFile(path: path).withBytes { bytes in
            var sum = crc32(0, nil, 0)
            var rest = bytes[...]
            while !rest.isEmpty {
                let block = UnsafeRawBufferPointer(rebasing: rest.prefix(blockSize))
                sum = crc32(
                    sum, block.bindMemory(to: UInt8.self).baseAddress, UInt32(block.count))
                rest = rest.dropFirst(block.count)
            }
            return "\(bytes.count)-\(String(sum, radix: 16))"
        }
    }
}
