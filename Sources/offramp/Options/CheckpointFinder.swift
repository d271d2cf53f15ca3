import Glibc
import OfframpFiles

/// Finds the checkpoint to use when none is named.
enum CheckpointFinder {
    /// Where the shipped checkpoint is, from the repository's root.
    private static let shipped = "checkpoints/sst2"

    /// The folder asked for, or that of `OFFRAMP_CHECKPOINT`, or the shipped one, looked for in the
    /// working directory and in the folders above the executable.
    ///
    /// - Throws: `OfframpError` (`noInput`) that says where it was looked for.
    static func folder(_ asked: String?) throws -> String {
        if let asked { return asked }
        if let path = getenv("OFFRAMP_CHECKPOINT"), path.pointee != 0 {
            return String(cString: path)
        }
        let places = ["."] + executableFolders
        if let root = places.first(where: { access("\($0)/\(shipped)/config.json", R_OK) == 0 }) {
            return root == "." ? shipped : "\(root)/\(shipped)"
        }
        throw OfframpError(
            .noInput, at: "checkpoint",
            found: "no \(shipped) in the working directory or above the executable",
            expected: "--checkpoint DIR or the environment variable OFFRAMP_CHECKPOINT")
    }

    /// The folder of the executable and those above it, the nearest first.
    private static var executableFolders: [String] {
        guard let path = realpath("/proc/self/exe", nil) else { return [] }
        defer { free(path) }
        var folder = String(cString: path)[...]
        var folders: [String] = []
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            folders.append(String(folder))
        }
        return folders
    }
}
