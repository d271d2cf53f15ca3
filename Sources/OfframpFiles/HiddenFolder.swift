import Glibc

/// A folder of unfinished files, removed with its content when this value is destroyed.
struct HiddenFolder: ~Copyable, Sendable {
    let path: String

    /// Makes the folder.
    ///
    /// - Parameters:
    ///   - place: a path in the parent folder.
    ///   - output: the path that errors name.
    /// - Throws: `OfframpError` (`io`) when the parent folder cannot be written to.
    init(beside place: String, for output: String) throws {
        guard let made = TemporaryName.claim(beside: place, { mkdir($0, 0o755) == 0 }) else {
            throw Self.failure(output)
        }
        path = made
    }

    deinit {
        Folder.removeAll(path)
        UnfinishedFiles.remove(path)
    }

    /// The error of the latest system call.
    static func failure(_ path: String) -> OfframpError {
        .system(.io, at: path, expected: "a writable folder")
    }
}
