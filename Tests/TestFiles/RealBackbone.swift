import Glibc
import Testing

/// Where the real backbone is, if it is there: all-MiniLM-L6-v2 as Scripts/fetch-backbone brings it.
///
/// Tests that need it carry `.enabled(if: RealBackbone.isAvailable, RealBackbone.reason)`; those of
/// all-mpnet-base-v2 say `RealBackbone.isWideAvailable`.
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

    /// The folder of all-mpnet-base-v2.
    package static let wideFolder = Repository.path("backbones/all-mpnet-base-v2")

    /// Whether all-mpnet-base-v2 is there.
    package static let isWideAvailable = access(wideFolder + "/model.safetensors", R_OK) == 0

    /// The path of a file of the backbone.
    package static func path(_ name: String) -> String { folder + "/" + name }
}
