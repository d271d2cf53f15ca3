import Glibc
import OfframpFiles
import OfframpTensor

/// The tensors of a checkpoint's folder: in `model.safetensors`, or in the shards that
/// `model.safetensors.index.json` lists.
struct CheckpointWeights: StoredTensors {
    /// The file, or the index.
    let path: String
    private let files: [SafetensorsFile]
    /// By tensors' names.
    private let places: [String: Int]

    /// Maps the files and checks their headers.
    ///
    /// - Throws: `OfframpError`: `noInput` for a missing file, `data` for an invalid one or an index that
    ///   leads out of the folder or to tensors that are not there.
    init(_ folder: CheckpointFolder) throws {
        guard folder.hasShards else {
            let file = try SafetensorsFile(path: folder.weights)
            path = file.path
            files = [file]
            places = Dictionary(uniqueKeysWithValues: file.names.map { ($0, 0) })
            return
        }
        path = folder.weightIndex
        let map = JSONReader(try JSON(file: path), at: path)["weight_map"]
        let members = try map.members("an object of tensors and files").map { name, value in
            (
                name,
                try value.value("a safetensors file in the same folder") { Self.shard($0.string) }
            )
        }
        let shards = Set(members.map(\.1)).sorted()
        files = try shards.map { try SafetensorsFile(path: "\(folder.path)/\($0)") }
        let indices = Dictionary(uniqueKeysWithValues: zip(shards, files.indices))
        var places: [String: Int] = [:]
        for (name, shard) in members {
            guard let index = indices[shard], files[index].stored(name) != nil else {
                throw map.error(found: "\(name) in \(shard)", expected: "a tensor that is there")
            }
            // Its scales need no entry of their own.
            for name in [name, name + StoredTensor.scaleSuffix]
            where files[index].stored(name) != nil { places[name] = index }
        }
        self.places = places
    }

    var names: [String] { places.keys.sorted() }

    func stored(_ name: String) -> StoredTensor? {
        places[name].flatMap { files[$0].stored(name) }
    }

    /// The name of a file, unless it leads elsewhere.
    private static func shard(_ name: String?) -> String? {
        guard let name, name.hasSuffix(".safetensors"), !name.contains("/") else { return nil }
        return name
    }
}
