/// The small committed files that tests compare with.
package enum Fixture {
    /// The path of a file in `Tests/Fixtures`.
    package static func path(_ name: String) -> String { Repository.path("Tests/Fixtures/" + name) }
}

/// The working copy that the tests were built from.
enum Repository {
    /// The path of a file from its place in the repository.
    static func path(_ name: String, thisFile: String = #filePath) -> String {
        // Tests/OfframpTestSupport/Fixture.swift, three levels down.
        thisFile.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/" + name
    }
}
