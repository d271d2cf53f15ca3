import OfframpFiles

/// The small committed files that tests compare with.
package enum Fixture {
    /// The path of a file in `Tests/Fixtures`.
    package static func path(_ name: String) -> String { Repository.path("Tests/Fixtures/" + name) }

    /// The elements of the array that a JSON file in `Tests/Fixtures` holds.
    package static func rows(_ name: String) throws -> [JSON] {
        try JSON(file: path(name)).elements ?? []
    }
}

/// The working copy that the tests were built from.
package enum Repository {
    /// The path of a file from its place in the repository.
    package static func path(_ name: String) -> String { root + name }

    // Tests/TestFiles/Fixture.swift, three levels down.
    private static let root =
        #filePath.split(separator: "/").dropLast(3)
        .reduce("") { $0 + "/" + $1 } + "/"
}
