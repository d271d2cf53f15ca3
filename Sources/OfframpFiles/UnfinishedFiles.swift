import Glibc
import Synchronization

/// The temporary files and folders of all outputs at work in this process.
///
/// An interrupted process runs no `deinit`; who handles the signal ends it through here, so that
/// nothing half-written stays behind.
public enum UnfinishedFiles {
    private static let paths = Mutex<Set<String>>([])

    /// Removes them all and ends the process at once.
    public static func discardAndExit(_ status: Int32) -> Never {
        // The lock is never given back: no file may begin in between.
        paths.withLock { paths in
            for path in paths { Folder.removeAll(path) }
            _exit(status)
        }
    }

    /// Runs something that an interrupt must not find half done.
    static func withoutInterruption<Result>(_ body: () -> Result) -> Result {
        paths.withLock { _ in body() }
    }

    /// Makes a file or folder and notes it in one step: no interrupt finds it made but not noted.
    ///
    /// - Returns: whether `make` could; where not, `errno` is as it left it.
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
