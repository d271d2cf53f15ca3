import Glibc
import OfframpFiles

/// The bytes of a file or of standard input as they are, piece by piece.
struct InputFile: ~Copyable, Sendable {
    /// The name that errors use.
    let name: String
    private let descriptor: Int32

    /// Opens a file, or standard input for `-`.
    init(path: String) throws {
        name = path == "-" ? "standard input" : path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw OfframpError.system(.noInput, at: path, expected: "a readable file")
        }
    }

    /// How much of the file has been read, 0 to 1; `nil` if its size is unknown.
    var shareRead: Double? {
        var status = stat()
        let offset = lseek(descriptor, 0, SEEK_CUR)
        guard offset >= 0, fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
        return min(Double(offset) / Double(status.st_size), 1)
    }

    /// Appends the next piece to `bytes` and returns whether there was one.
    func read(appendingTo bytes: inout [UInt8]) throws -> Bool {
        let size = 1 << 18
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: size))
        var count = -1
        repeat {
            count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: start), size)
            }
        } while count < 0 && errno == EINTR
        let failure = errno
        bytes.removeLast(size - max(count, 0))
        guard count >= 0 else {
            // A folder can be opened but not read.
            throw OfframpError.system(
                failure == EISDIR ? .noInput : .io, at: name, expected: "a readable file",
                code: failure)
        }
        return count > 0
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }
}

extension InputFile {
    /// Whether what has a name can be read once only: standard input, a pipe, a device.
    static func isStream(_ path: String) -> Bool {
        guard path != "-" else { return true }
        guard let found = status(path) else { return false }
        return ![S_IFREG, S_IFDIR].contains(found.st_mode & S_IFMT)
    }

    /// Whether there is a file with nothing in it.
    static func isEmpty(_ path: String) -> Bool { status(path)?.st_size == 0 }

    /// What the system says of a name, by a link as well; `nil` if nothing has it.
    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }
}
