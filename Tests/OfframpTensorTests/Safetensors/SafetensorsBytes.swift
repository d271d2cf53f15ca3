import OfframpTensor
import TestFiles

/// A `safetensors` file made by hand, right or wrong.
struct SafetensorsBytes: Sendable {
    let bytes: [UInt8]

    /// A file of a header and `data` bytes that count up from 0.
    ///
    /// - Parameter length: the length that the file claims for its header; `nil` for the true one.
    init(_ header: String, data: Int = 0, length: UInt64? = nil) {
        self.init(Array(header.utf8), data: (0..<data).map { UInt8($0 & 0xFF) }, length: length)
    }

    init(_ header: [UInt8], data: [UInt8] = [], length: UInt64? = nil) {
        let length = length ?? UInt64(header.count)
        bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header + data
    }

    /// The first bytes of a file.
    init(bytes: [UInt8], upTo count: Int) { self.bytes = Array(bytes.prefix(count)) }

    /// Writes the file and opens it.
    func open() throws -> SafetensorsFile {
        let folder = TemporaryFolder()
        return try SafetensorsFile(path: folder.file("model.safetensors", bytes))
    }
}

/// One entry of a header.
func entry(_ name: String, _ type: String, _ shape: String, _ begin: String, _ end: String)
    -> String
{
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(end)]}"
}
