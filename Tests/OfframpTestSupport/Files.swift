import Glibc

/// The bytes of a file; none when it cannot be read.
package func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 {
        bytes += piece[..<count]
    }
    return bytes
}

/// The text of a file; bytes that are not UTF-8 are replaced.
package func contents(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }
