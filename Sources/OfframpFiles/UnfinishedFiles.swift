import Glibc
import Synchronization

/// The temporary files and folders of all unfinished outputs of this process.
///
/// A signal handler must exit through here, because `deinit`s do not run in an interrupted process
/// and half-written files would stay behind.
package enum UnfinishedFiles {
    private static let paths = Mutex<Set<String>>([])

    /// Removes them all and ends the process at once.
    package static func discardAndExit(_ status: Int32) -> Never {
        // The lock is never released, so that no new file can begin before the exit.
        paths.withLock { paths in
            for path in paths { Folder.removeAll(path) }
            _exit(status)
        }
    }

    /// Runs a body that an interrupt must not cut in two.
    static func withoutInterruption<Result>(_ body: () -> Result) -> Result {
        paths.withLock { _ in body() }
    }

    /// Makes a file or folder and records it, without an interrupt in between.
    ///
    /// - Returns: whether `make` succeeded; if not, `errno` is as it left it.
    static func insert(_ path: String, _ make: (String) -> Bool) -> Bool {
        let reason = paths.withLock { paths -> Int32? in
            guard make(path) else { return errno }
            paths.insert(path)
            return nil
        }
        if let reason { errno = reason }
        return reason == nil
    }

    static func remove(_ path: String) { _ = paths.withLock { $0.remove(path) } }
}
