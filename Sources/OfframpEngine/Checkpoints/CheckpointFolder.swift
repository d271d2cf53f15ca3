import Glibc
import OfframpFiles

/// The files of a checkpoint by their names.
package struct CheckpointFolder: Sendable {
    /// The folder.
    package let path: String

    /// A folder that need not exist yet.
    package init(_ path: String) { self.path = path }

    /// The folder with the encoder: this one, except for an older folder of sentence-transformers, whose
    /// `modules.json` names another one inside it.
    ///
    /// - Throws: `OfframpError` (`data`) for a name that leads elsewhere.
    func ofEncoder() throws -> CheckpointFolder {
        let modules = path + "/modules.json"
        guard access(configuration, F_OK) != 0, access(modules, F_OK) == 0 else { return self }
        let name = try JSONReader(try JSON(file: modules), at: modules).value("a list of modules") {
            $0.elements?.first?["path"]?.string
        }
        guard !name.contains("/"), !name.hasPrefix(".") else {
            throw OfframpError(
                .data, at: modules, found: name, expected: "the name of a folder inside this one")
        }
        return name.isEmpty ? self : CheckpointFolder("\(path)/\(name)")
    }

    /// Hugging Face's configuration.
    package var configuration: String { path + "/config.json" }
    /// The backbone's weights.
    package var weights: String { path + "/model.safetensors" }
    /// Which shards hold them, in a folder of Hugging Face's with large weights.
    var weightIndex: String { weights + ".index.json" }
    /// The tokenizer's settings, if it has any.
    package var tokenizerConfiguration: String { path + "/tokenizer_config.json" }
    /// The heads' settings, one file per method.
    package var exits: String { path + "/exits" }

    /// A method's settings.
    package func settings(_ method: String) -> String { "\(exits)/\(method).json" }
    /// A method's head weights.
    package func headWeights(_ method: String) -> String { "\(exits)/\(method).safetensors" }

    /// Whether a method's head weights are there.
    func hasHeadWeights(_ method: String) -> Bool { access(headWeights(method), R_OK) == 0 }

    /// The names of the files that describe the tokenizer, as far as they exist.
    package var tokenizerFiles: [String] {
        readable([
            "vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
            "added_tokens.json",
        ])
    }

    /// The names of the files that a conversion only copies, as far as they exist; the
    /// configuration comes last, as a folder without it is no checkpoint.
    var texts: [String] { tokenizerFiles + cards + readable(["config.json"]) }

    /// The names of the files about the checkpoint for people, as far as they exist.
    var cards: [String] { readable(["README.md", "LICENSE"]) }

    /// Whether the weights are in shards.
    var hasShards: Bool { access(weights, F_OK) != 0 && access(weightIndex, F_OK) == 0 }

    package func readable(_ names: [String]) -> [String] {
        names.filter { access("\(path)/\($0)", R_OK) == 0 }
    }

    /// The methods that have heads here, sorted.
    package var methods: [String] {
        let suffix = ".json"
        return Folder.names(in: exits).filter { $0.hasSuffix(suffix) }.map {
            String($0.dropLast(suffix.count))
        }
    }

    /// Makes the folder and its `exits`, where they are missing.
    ///
    /// - Throws: `OfframpError` (`io`).
    package func create() throws {
        for folder in [path, exits] {
            guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
                throw OfframpError.system(.io, at: folder, expected: "a folder that can be made")
            }
        }
    }
}

extension CheckpointFolder: Equatable {
    /// Whether two paths lead to the same folder, however they are written.
    package static func == (a: CheckpointFolder, b: CheckpointFolder) -> Bool {
        var (first, second) = (stat(), stat())
        guard stat(a.path, &first) == 0, stat(b.path, &second) == 0 else { return a.path == b.path }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }
}
