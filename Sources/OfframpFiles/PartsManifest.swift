import Glibc

/// What the parts in a folder are parts of.
struct PartsManifest {
    /// An object that says what is made of what.
    let run: JSON
    /// What the parts have become, or were about to become.
    let whole: FileIdentity?

    static let name = "manifest.json"
    private static let wholeKey = "whole"

    /// The manifest of a run.
    init(_ run: JSON, whole: FileIdentity? = nil) { (self.run, self.whole) = (run, whole) }

    /// The manifest in a folder; `nil` if there is none.
    ///
    /// - Throws: `OfframpError`: `io` where it cannot be read, `data` where it is damaged.
    init?(in folder: String) throws {
        let path = "\(folder)/\(Self.name)"
        guard access(path, F_OK) == 0 else {
            if errno == ENOENT { return nil }
            throw OfframpError.system(.io, at: path, expected: "a readable file")
        }
        let json = try OfframpError.asIO { try JSON(file: path) }
        run = .object((json.members ?? []).filter { $0.key != Self.wholeKey })
        whole = FileIdentity(json[Self.wholeKey])
    }

    /// Whether the parts have become what has the output's name.
    func isJoined(as output: String) -> Bool {
        whole != nil && whole == FileIdentity(path: output)
    }

    /// Writes the manifest in the place of what is there.
    ///
    /// - Throws: `OfframpError` (`io`).
    func write(to folder: String) throws {
        let last = whole.map { [JSON.Member(Self.wholeKey, $0.json)] } ?? []
        var file = try OutputFile(path: "\(folder)/\(Self.name)", overwriting: true)
        try file.write(JSON.object((run.members ?? []) + last).text())
        try file.commit()
    }

    /// Checks that the parts are parts of a run.
    ///
    /// - Throws: `OfframpError` (`usage`) with what differs.
    func check(_ run: JSON, in folder: String) throws {
        let keys = ((self.run.members ?? []) + (run.members ?? [])).map(\.key)
        guard let key = keys.first(where: { self.run[$0] != run[$0] }) else { return }
        throw OfframpError(
            .usage, at: "\(folder)/\(Self.name): \(key)",
            found: self.run[key]?.text() ?? "nothing",
            expected:
                "\(run[key]?.text() ?? "nothing"), or another output: these are parts of another run"
        )
    }
}
