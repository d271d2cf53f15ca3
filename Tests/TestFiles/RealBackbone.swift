import Glibc
import Testing

/// Where the real backbone is, if it is there: all-MiniLM-L6-v2 as Scripts/fetch-backbone brings it.
///
/// Tests that need it carry `.enabled(if: RealBackbone.isAvailable, RealBackbone.reason)`.
package enum RealBackbone {
    /// The folder that `OFFRAMP_BACKBONE` names, or the one that Scripts/fetch-backbone fills.
    package static let folder: String =
        getenv("OFFRAMP_BACKBONE").map { String(cString: $0) }
        ?? Repository.path("backbones/all-MiniLM-L6-v2")

    /// Whether the backbone is there.
    package static let isAvailable = access(path("model.safetensors"), R_OK) == 0

    /// What a skipped test says.
    package static let reason: Comment =
        "skipped: no backbone; Scripts/fetch-backbone brings it, or OFFRAMP_BACKBONE names its folder"

    /// The path of a file of the backbone.
    package static func path(_ name: String) -> String { folder + "/" + name }
}
