import OfframpFiles
import Testing

/// The Swift that documentation shows, and the sources that it must stand in.
@Suite struct SnippetTests {
    private static let root =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    private static func files(in folder: String, _ suffix: String) -> [String] {
        Folder.names(in: folder).flatMap { name in
            name.hasSuffix(suffix) ? ["\(folder)/\(name)"] : files(in: "\(folder)/\(name)", suffix)
        }
    }

    private static func text(_ file: String) throws -> String {
        try MappedFile(path: file).withBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// The blocks of Swift in a page.
    private static func snippets(_ page: String) -> [Substring] {
        page.split(separator: "\n```swift\n").dropFirst().map { rest in
            rest[..<(rest.firstRange(of: "\n```")?.lowerBound ?? rest.endIndex)]
        }
    }

    @Test func `every Swift block of a page stands in a file that is compiled`() throws {
        let catalogue = Self.files(in: "\(Self.root)/Sources/Offramp", ".md")
        let pages = ["\(Self.root)/README.md"] + catalogue
        let sources = try ["Examples", "Sources"].flatMap {
            try Self.files(in: "\(Self.root)/\($0)", ".swift").map(Self.text)
        }
        for page in pages {
            for snippet in Self.snippets(try Self.text(page)) {
                #expect(sources.contains { $0.contains(snippet) }, "\(page):\n\(snippet)")
            }
        }
    }
}
