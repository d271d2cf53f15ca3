import Glibc

/// A folder that one process at a time has.
struct LockedFolder: ~Copyable {
    let path: String
    private let lock: FileLock

    private static let lockName = "lock"

    /// Takes a folder, which is made if it is not there.
    ///
    /// - Throws: `OfframpError`: `busy` while another process has it, `io`.
    init(_ path: String) throws {
        lock = try Self.lock(path)
        self.path = path
    }

    /// Removes files of the folder.
    ///
    /// - Parameter kept: the name of a file that stays, as the lock does.
    /// - Throws: `OfframpError` (`io`) at the first one that cannot be removed.
    func clear(keeping kept: (String) -> Bool = { _ in false }) throws {
        for name in try Folder.content(of: path) where name != Self.lockName && !kept(name) {
            guard Folder.removeAll("\(path)/\(name)") else {
                throw OfframpError.system(
                    .io, at: "\(path)/\(name)", expected: "a file that can be removed")
            }
        }
    }

    /// Whether there is nothing in the folder but the lock.
    ///
    /// - Throws: `OfframpError` (`io`) where it cannot be read.
    func isEmpty() throws -> Bool { try Folder.content(of: path) == [Self.lockName] }

    /// Removes the folder. What cannot be removed stays, and with it the file that is to go last.
    func remove(last: String) {
        guard (try? clear { $0 == last }) != nil, Folder.removeAll("\(path)/\(last)") else {
            return
        }
        leave()
    }

    /// Removes the lock, and the folder if nothing else is in it.
    func leave() {
        // While the lock has its name nobody else begins; then the folder may be somebody else's.
        if unlink("\(path)/\(Self.lockName)") == 0 { rmdir(path) }
    }

    private static func lock(_ folder: String) throws -> FileLock {
        // Whoever had the folder may be removing it.
        for _ in 0..<100 {
            guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
                throw OfframpError.system(.io, at: folder, expected: "a folder that can be made")
            }
            if let lock = try FileLock(path: "\(folder)/\(lockName)") { return lock }
        }
        throw OfframpError.system(
            .io, at: folder, expected: "a folder that stays", code: ENOENT)
    }
}
