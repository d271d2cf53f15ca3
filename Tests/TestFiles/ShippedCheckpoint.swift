import Glibc
import Testing

/// The trained checkpoint that comes with the project, if it is there.
package enum ShippedCheckpoint {
    /// Its folder.
    package static let folder = Repository.path("checkpoints/sst2")

    /// Whether it is there.
    package static let isAvailable = access(folder + "/config.json", R_OK) == 0

    /// What a skipped test says.
    package static let reason: Comment = "skipped: checkpoints/sst2 is not there"
}
