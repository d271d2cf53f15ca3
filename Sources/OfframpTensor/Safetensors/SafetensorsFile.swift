import OfframpFiles

/// A memory-mapped `safetensors` file: the header is checked at once, tensors are read when asked.
package struct SafetensorsFile: Sendable {
    /// The path it was opened under.
    package var path: String { file.path }
    private let file: MappedFile
    private let entries: [String: SafetensorsHeader.Entry]
    /// The texts that stand beside the tensors.
    package let metadata: [String: String]

    /// Maps a file and checks its header.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file, `data` when the header lies.
    package init(path: String) throws {
        file = try MappedFile(path: path)
        let header = try file.withBytes { try SafetensorsHeader(parsing: $0, of: path) }
        entries = header.entries
        metadata = header.metadata
    }

    /// The names of all tensors, sorted.
    package var names: [String] { entries.keys.sorted() }

    /// All tensors, sorted by their names; the scales of `I8` rows are part of these.
    package var tensors: [StoredTensor] {
        names.compactMap(stored).filter { !isScale($0.name) }
    }

    /// A tensor's bytes with their form; `nil` when there is none of that name.
    package func stored(_ name: String) -> StoredTensor? {
        guard let entry = entries[name] else { return nil }
        return StoredTensor(
            name, entry, scale: entries[name + StoredTensor.scaleSuffix], of: file)
    }

    private func isScale(_ name: String) -> Bool {
        let suffix = StoredTensor.scaleSuffix
        return name.hasSuffix(suffix) && entries[String(name.dropLast(suffix.count))]?.type == .int8
    }
}
