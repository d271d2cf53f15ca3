import OfframpFiles

/// Tensors in files, found by their names.
package protocol StoredTensors: Sendable {
    /// Where they are, for errors.
    var path: String { get }
    /// The names of all tensors, sorted.
    var names: [String] { get }
    /// The tensor of that name, if there is one.
    func stored(_ name: String) -> StoredTensor?
}

extension StoredTensors {
    /// All tensors, sorted by name; scales belong to their `I8` matrices and are not listed.
    package var tensors: [StoredTensor] {
        names.compactMap(stored).filter { !isScale($0.name) }
    }

    private func isScale(_ name: String) -> Bool {
        let suffix = StoredTensor.scaleSuffix
        return name.hasSuffix(suffix) && stored(String(name.dropLast(suffix.count)))?.type == .int8
    }
}

/// A memory-mapped `safetensors` file: the header is checked at once, tensors are read on demand.
package struct SafetensorsFile: StoredTensors {
    /// The path under which it was opened.
    package var path: String { file.path }
    private let file: MappedFile
    private let entries: [String: SafetensorsHeader.Entry]
    /// The texts stored beside the tensors.
    package let metadata: [String: String]

    /// Maps a file and checks its header.
    ///
    /// - Throws: `OfframpError`: `noInput` if there is no such file, `data` for an invalid header.
    package init(path: String) throws {
        try self.init(MappedFile(path: path))
    }

    /// Reads bytes that have the form of a file, and checks their header.
    ///
    /// - Parameter name: what errors call them.
    /// - Throws: `OfframpError` (`data`) for an invalid header.
    package init(_ bytes: [UInt8], named name: String) throws {
        try self.init(MappedFile(copying: bytes, named: name))
    }

    private init(_ file: MappedFile) throws {
        self.file = file
        let header = try file.withBytes { try SafetensorsHeader(parsing: $0, of: file.path) }
        entries = header.entries
        metadata = header.metadata
    }

    package var names: [String] { entries.keys.sorted() }

    package func stored(_ name: String) -> StoredTensor? {
        guard let entry = entries[name] else { return nil }
        return StoredTensor(
            name, entry, scale: entries[name + StoredTensor.scaleSuffix], of: file)
    }
}
