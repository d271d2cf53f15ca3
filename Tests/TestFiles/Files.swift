import OfframpFiles

/// The bytes of a file.
package func bytes(_ path: String) throws -> [UInt8] {
    try MappedFile(path: path).withBytes { Array($0) }
}

/// The text of a file, bytes that are not UTF-8 replaced; nothing when it cannot be read.
package func contents(_ path: String) -> String {
    String(decoding: (try? bytes(path)) ?? [], as: UTF8.self)
}
