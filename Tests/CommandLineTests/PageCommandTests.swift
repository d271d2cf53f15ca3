import TestFiles
import Testing

/// The commands that the pages show.
@Suite struct PageCommandTests {
    /// A page, and a command of it: `offramp`, its name, its arguments.
    private static func commands(_ page: String) -> [[Substring]] {
        let joined = page.replacing("\\\n", with: " ")
        return joined.split { $0 == "\n" || $0 == "`" || $0 == "|" }.compactMap { line in
            let words = line.split(separator: " ")
            guard
                let start = words.firstIndex(where: { $0 == "offramp" || $0.hasSuffix("/offramp") })
            else { return nil }
            return words[start...].prefix { $0 != "#" }.map { $0 }
        }.filter { $0.count > 1 && $0[1] != "help" }
    }

    @Test(arguments: [
        "README.md", "checkpoints/sst2/README.md", "docs/performance.md", "docs/scale.md",
    ])
    func `every option of a page exists`(page: String) throws {
        let commands = Self.commands(try SourceFiles.text(page))
        #expect(!commands.isEmpty)
        var helps: [Substring: String] = [:]
        for command in commands {
            let name = command[1]
            let help = helps[name] ?? CommandRun([String(name), "--help"]).output
            helps[name] = help
            #expect(help.contains("USAGE: offramp \(name)"), "\(page): \(command)")
            for option in command where option.hasPrefix("--") {
                #expect(
                    help.contains("\(option) ") || help.contains("\(option)\n"),
                    "\(page): \(command)")
            }
        }
    }
}
