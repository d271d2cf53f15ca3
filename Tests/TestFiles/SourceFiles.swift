import OfframpFiles

/// Files of the repository that tests read as texts.
package enum SourceFiles {
    /// The paths of all files with an ending in a folder of the repository and in those below it.
    package static func paths(in folder: String, ending: String) -> [String] {
        Folder.names(in: Repository.path(folder)).flatMap { name in
            name.hasSuffix(ending)
                ? ["\(folder)/\(name)"] : paths(in: "\(folder)/\(name)", ending: ending)
        }
    }

    /// The text of a file, by its place in the repository.
    package static func text(_ path: String) throws -> String {
        try MappedFile(path: Repository.path(path)).withBytes {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
