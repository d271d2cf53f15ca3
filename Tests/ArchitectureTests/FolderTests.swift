import OfframpFiles
import TestFiles
import Testing

/// The folders of `OfframpTensor`, which build on each other without a circle.
@Suite struct FolderTests {
    /// The folders whose types each folder may use.
    private static let allowed: [String: Set<String>] = [
        "Core": [],
        "Safetensors": ["Core"],
        "Workers": ["Core"],
        "Weights": ["Core", "Safetensors"],
        "Operations": ["Core", "Weights", "Workers"],
        "Layers": ["Core", "Safetensors", "Weights", "Workers", "Operations"],
    ]

    private static let root = "Sources/OfframpTensor"

    /// The code of a folder's files without comments.
    private static func code(of folder: String) throws -> String {
        try SourceFiles.paths(in: "\(root)/\(folder)", ending: ".swift").map { path in
            try SourceFiles.text(path).split(separator: "\n").map {
                $0.prefix(upTo: comment(in: $0))
            }
            .joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func comment(in line: Substring) -> Substring.Index {
        line.firstRange(of: "//")?.lowerBound ?? line.endIndex
    }

    /// The types that a text declares at its outermost level.
    private static func declared(in code: String) -> Set<String> {
        let declaration = #/(?m)^(?:\w+ )*(?:struct|class|enum|protocol) ([A-Z]\w*)/#
        return Set(code.matches(of: declaration).map { String($0.output.1) })
    }

    /// All words of a text that may be names of types.
    private static func words(in code: String) -> Set<String> {
        Set(code.matches(of: #/\b[A-Z]\w*/#).map { String($0.output) })
    }

    @Test func `the folders of OfframpTensor use each other's types without a circle`() throws {
        #expect(Set(Folder.names(in: Repository.path(Self.root))) == Set(Self.allowed.keys))
        let code = try Self.allowed.keys.reduce(into: [:]) { $0[$1] = try Self.code(of: $1) }
        let types = code.mapValues(Self.declared)
        #expect(types["Core"]?.contains("Tensor") == true)
        for (folder, text) in code {
            let words = Self.words(in: text)
            for (other, names) in types where other != folder {
                let used = words.intersection(names)
                let isAllowed = Self.allowed[folder]?.contains(other) == true
                #expect(used.isEmpty || isAllowed, "\(folder) uses \(used.sorted()) of \(other)")
            }
        }
    }
}
