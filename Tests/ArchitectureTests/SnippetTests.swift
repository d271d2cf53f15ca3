import TestFiles
import Testing

/// The Swift that documentation shows, and the sources that it must stand in.
@Suite struct SnippetTests {
    /// The blocks of Swift in a page.
    private static func snippets(_ page: String) -> [Substring] {
        page.split(separator: "\n```swift\n").dropFirst().map { rest in
            rest[..<(rest.firstRange(of: "\n```")?.lowerBound ?? rest.endIndex)]
        }
    }

    @Test func `every Swift block of a page stands in a file that is compiled`() throws {
        let pages = ["README.md"] + SourceFiles.paths(in: "Sources/Offramp", ending: ".md")
        let sources = try ["Examples", "Sources"].flatMap {
            try SourceFiles.paths(in: $0, ending: ".swift").map(SourceFiles.text)
        }
        for page in pages {
            let snippets = Self.snippets(try SourceFiles.text(page))
            #expect(!snippets.isEmpty, "\(page)")
            for snippet in snippets {
                #expect(sources.contains { $0.contains(snippet) }, "\(page):\n\(snippet)")
            }
        }
    }
}
