import OfframpFiles

/// A memory-mapped `safetensors` file: the header is checked at once, tensors are read on demand.
public struct SafetensorsFile: Sendable {
    /// The path it was opened under.
    public var path: String { file.path }
    private let file: MappedFile
    private let entries: [String: SafetensorsHeader.Entry]
    /// The texts that are stored beside the tensors.
    public let metadata: [String: String]

    /// Maps a file and checks its header.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file, `data` when the header is wrong.
    public init(path: String) throws {
        file = try MappedFile(path: path)
        let header = try file.withBytes { try SafetensorsHeader(parsing: $0, of: path) }
        entries = header.entries
        metadata = header.metadata
    }

    /// The names of all tensors, sorted.
    public var names: [String] { entries.keys.sorted() }

    /// All tensors, sorted by their names; an `I8` tensor includes its scales.
    public var tensors: [StoredTensor] {
        names.compactMap(stored).filter { !isScale($0.name) }
    }

    /// A tensor with its type and shape; `nil` if there is none of that name.
    public func stored(_ name: String) -> StoredTensor? {
        guard let entry = entries[name] else { return nil }
        return StoredTensor(
            name, entry, scale: entries[name + StoredTensor.scaleSuffix], of: file)
    }

    private func isScale(_ name: String) -> Bool {
        let suffix = StoredTensor.scaleSuffix
        return name.hasSuffix(suffix) && entries[String(name.dropLast(suffix.count))]?.type == .int8
    }
}
