import Glibc

/// Which file of a file system it is, whatever its name.
struct FileIdentity: Equatable {
    private let inode: UInt
    /// When it was last written to, in nanoseconds: a number is given again when its file is gone.
    private let modified: Int

    /// The identity of an open file; `nil` where the system does not say.
    init?(_ descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The identity of what has a name, by a link as well; `nil` if nothing has it.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The identity that `json` has written.
    init?(_ json: JSON?) {
        guard case .number(let inode) = json?["inode"], let inode = UInt(inode),
            let modified = json?["modified"]?.int
        else { return nil }
        (self.inode, self.modified) = (inode, modified)
    }

    var json: JSON { ["inode": .number("\(inode)"), "modified": .number(modified)] }

    private init(_ status: stat) {
        inode = UInt(status.st_ino)
        modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }
}
