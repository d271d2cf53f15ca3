import OfframpFiles
import TestFiles
import Testing

/// The modules as `docs/architecture.md` draws them, and as the sources import them.
@Suite struct ImportTests {
    /// Of each module the modules that its files import.
    private static func imports() throws -> [String: Set<String>] {
        let modules = Folder.names(in: Repository.path("Sources"))
        return try Dictionary(
            uniqueKeysWithValues: modules.map { module in
                let files = SourceFiles.paths(in: "Sources/\(module)", ending: ".swift")
                let found = try files.reduce(into: Set<String>()) {
                    try $0.formUnion(imports(of: $1))
                }
                return (short(module), found)
            })
    }

    /// The last word of an import, without what is imported from the module.
    private static func imports(of file: String) throws -> Set<String> {
        let lines = try SourceFiles.text(file).split(separator: "\n").filter {
            $0.contains("import ")
        }
        let names = lines.compactMap { line -> String? in
            let words = line.split(separator: " ")
            guard ["import", "@_exported"].contains(words[0]) else { return nil }
            return words.last?.split(separator: ".").first.map(String.init)
        }
        let modules = Set(Folder.names(in: Repository.path("Sources")))
        return Set(names.filter(modules.contains).map(short))
    }

    /// A module's name as it is drawn: `Tensor` for `OfframpTensor`.
    private static func short(_ module: String) -> String {
        module.hasPrefix("Offramp") && module != "Offramp" ? String(module.dropFirst(7)) : module
    }

    /// Of each drawn module the modules that its arrow `<-` leads to.
    private static func drawing() throws -> [String: Set<String>] {
        let page = try SourceFiles.text("docs/architecture.md")
        let drawn = page.components(between: "```modules\n", and: "```")
        var arrows: [String: Set<String>] = [:]
        for line in drawn.split(separator: "\n") {
            let sides = line.split(separator: "<-", maxSplits: 1)
            guard sides.count == 2, let module = sides[0].split(separator: " ").first else {
                continue
            }
            let names = sides[1].split { " ,".contains($0) }.map(String.init)
            arrows[String(module)] = Set(names.filter { $0 != "nothing" })
        }
        return arrows
    }

    @Test func `the drawing shows every module with what it imports, and nothing else`() throws {
        let (drawing, imports) = (try Self.drawing(), try Self.imports())
        #expect(Set(drawing.keys) == Set(imports.keys))
        for (module, found) in imports { #expect(drawing[module] == found, "\(module)") }
    }

    @Test func `the encoder does not know that it may be left, nor a policy a layer`() throws {
        let imports = try Self.imports()
        #expect(imports["Encoder"]?.contains("Exit") == false)
        #expect(imports["Exit"]?.contains("Encoder") == false)
    }
}

extension String {
    fileprivate func components(between start: String, and end: String) -> Substring {
        guard let from = firstRange(of: start)?.upperBound,
            let to = self[from...].firstRange(of: end)?.lowerBound
        else { return "" }
        return self[from..<to]
    }
}
