import Glibc
import Testing

/// Where the real data sets are, if they are there.
///
/// Tests that need them carry `.enabled(if: RealData.isAvailable, RealData.reason)`, so that a run
/// without them says what was skipped.
package enum RealData {
    /// The folder that `OFFRAMP_DATA` names.
    package static let folder: String? = getenv("OFFRAMP_DATA")
        .map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }

    /// Whether the data sets are there.
    package static let isAvailable = folder != nil

    /// What a skipped test says.
    package static let reason: Comment = "skipped: OFFRAMP_DATA names no folder of data sets"

    /// The path of a file of the data sets, `sst2/dev.tsv` for example.
    package static func path(_ name: String) -> String { (folder ?? "") + "/" + name }
}
