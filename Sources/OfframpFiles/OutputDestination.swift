import Glibc

/// Where an `OutputFile` sends its bytes.
struct OutputDestination {
    /// The name that the file gets; links resolved.
    let path: String
    let descriptor: Int32
    /// The name until it is complete; `nil` for standard output, a pipe or a device, which cannot
    /// be renamed.
    let temporaryPath: String?
    private let isReplacing: Bool

    /// Opens what `OutputFile.init` describes.
    init(path: String, overwriting: Bool, unfinishedIn folder: String?) throws {
        let existing = try Self.status(path, overwriting: overwriting)
        isReplacing = overwriting
        self.path = existing == nil ? path : try Self.withoutLinks(path)
        if path == "-" {
            (descriptor, temporaryPath) = (STDOUT_FILENO, nil)
        } else if let existing, existing.st_mode & S_IFMT != S_IFREG {
            (descriptor, temporaryPath) = (open(path, O_WRONLY | O_CLOEXEC), nil)
        } else {
            (descriptor, temporaryPath) = Self.openTemporary(
                beside: folder.map { $0 + "/whole" } ?? self.path)
        }
        guard descriptor >= 0 else { throw Self.failure(path) }
        if let existing, temporaryPath != nil { fchmod(descriptor, existing.st_mode & 0o777) }
    }

    /// The name of a file that may be written, links resolved.
    ///
    /// - Throws: `OfframpError`: `usage` for a name that is taken and for what is no regular file, `io`.
    static func regularFile(_ path: String, overwriting: Bool) throws -> String {
        guard let existing = try status(path, overwriting: overwriting) else { return path }
        guard existing.st_mode & S_IFMT == S_IFREG else {
            throw OfframpError(
                .usage, at: path, found: "a pipe or a device", expected: "the name of a file")
        }
        return try withoutLinks(path)
    }

    /// Which file it is that was written so far.
    func identity() throws -> FileIdentity {
        guard let identity = FileIdentity(descriptor) else { throw Self.failure(path) }
        return identity
    }

    /// Renames the finished file to its name. A file that has appeared there in the meantime is
    /// replaced only if overwriting is allowed.
    func publish() throws {
        guard let temporaryPath else { return }
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
        let isDone = isReplacing ? rename(temporaryPath, path) == 0 : move(temporaryPath, to: path)
        guard isDone else {
            throw errno == EEXIST ? saveUnderAnotherName(temporaryPath) : Self.failure(path)
        }
        UnfinishedFiles.remove(temporaryPath)
    }

    /// Renames a file unless the name is taken; `rename` alone would replace what has it.
    private func move(_ old: String, to new: String) -> Bool {
        if link(old, new) == 0 {
            // The file has its name, even if it keeps the other one, too.
            unlink(old)
            return true
        }
        // Some file systems have no hard links.
        return errno != EEXIST && rename(old, new) == 0
    }

    /// Saves the output under another name, because its own has been taken in the meantime.
    private func saveUnderAnotherName(_ temporaryPath: String) -> OfframpError {
        let other = path + ".new"
        let isSaved = move(temporaryPath, to: other)
        return OfframpError(
            .usage, at: path, found: "a file that was not there before",
            expected: "a free name, or --force" + (isSaved ? "; the output is in \(other)" : ""))
    }

    func close() {
        if descriptor != STDOUT_FILENO { Glibc.close(descriptor) }
    }

    /// Removes the unfinished file.
    func discard() {
        guard let temporaryPath else { return }
        unlink(temporaryPath)
        UnfinishedFiles.remove(temporaryPath)
    }

    func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
            let written = Glibc.write(descriptor, start, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Self.failure(path) }
            rest = rest.dropFirst(written)
        }
    }

    /// The status of what has the name; `nil` if it is free, and for `-`.
    private static func status(_ path: String, overwriting: Bool) throws -> stat? {
        var status = stat()
        guard path != "-" else { return nil }
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw failure(path) }
            guard lstat(path, &status) != 0 else {
                throw OfframpError(
                    .usage, at: path, found: "a link to nothing", expected: "the name of a file")
            }
            return nil
        }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        if isFolder || (!overwriting && status.st_mode & S_IFMT == S_IFREG) {
            throw OfframpError(
                .usage, at: path, found: isFolder ? "a folder" : "an existing file",
                expected: isFolder ? "the name of a file" : "a new name, or --force to replace it")
        }
        return status
    }

    private static func withoutLinks(_ path: String) throws -> String {
        guard let resolved = realpath(path, nil) else { throw failure(path) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func openTemporary(beside path: String) -> (Int32, String?) {
        var descriptor: Int32 = -1
        let temporaryPath = TemporaryName.claim(beside: path) {
            // O_EXCL: never opens another writer's file, nor follows a link.
            descriptor = open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            return descriptor >= 0
        }
        return (descriptor, temporaryPath)
    }

    private static func failure(_ path: String) -> OfframpError {
        .system(
            .io, at: path == "-" ? "standard output" : path, expected: "a writable file")
    }
}
