import OfframpFiles
import OfframpTensor

extension HandedOn {
    /// What the metadata of the bytes say of their form.
    static let form = "handed-on texts, version 1"

    /// The bytes of a `safetensors` file: `states`, `[tokens, width]`; of the texts the vectors `texts.lengths` in
    /// tokens, `texts.seconds`, where the second segment starts, and `texts.truncated`, 0 or 1; of each exit that has
    /// spoken `exits.<depth>.logits`, `[texts, outputs]`, and `exits.<depth>.signals`, `[texts]`. The metadata have
    /// the form, the depth, and the fingerprints of the backbone and of each exit.
    ///
    /// - Parameter storage: of the hidden states; everything else is exact.
    /// - Throws: `OfframpError` (`data`) for a state that the storage cannot hold, beyond 65,504 in half precision.
    public func bytes(_ storage: StateStorage = .float32) throws -> [UInt8] {
        var writer = SafetensorsWriter()
        writer.add("states", hidden, as: storage.type)
        writer.add("texts.lengths", texts.lengths.map { Int32($0) })
        writer.add("texts.seconds", texts.seconds.map { Int32($0) })
        writer.add("texts.truncated", areTruncated.map { $0 ? 1 : 0 })
        writer.metadata = [("offramp", Self.form), ("depth", "\(depth)"), ("backbone", backbone)]
        for exit in exits {
            let name = "exits.\(exit.depth)"
            writer.metadata.append((name, exit.fingerprint))
            writer.add(name + ".logits", exit.logits)
            if let signals = exit.signals { writer.add(name + ".signals", signals) }
        }
        return try writer.bytes()
    }

    /// Reads bytes, from a stranger as well: nothing is taken on trust that could end the program. Whether they fit a
    /// part, the part finds out.
    ///
    /// - Throws: `OfframpError` (`data`) that says what is wrong with them.
    public init(_ bytes: [UInt8]) throws {
        let content = HandedOnContent(try SafetensorsFile(bytes, named: "handed-on texts"))
        try content.requireForm()
        depth = try content.depth()
        backbone = try content.text("backbone")
        texts = try content.texts()
        areTruncated = try content.areTruncated(texts: texts.count)
        hidden = try content.states(tokens: texts.tokens)
        exits = try content.exits(texts: texts.count, before: depth)
        try content.requireNothingElse()
    }
}
