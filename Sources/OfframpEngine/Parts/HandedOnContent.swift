import OfframpFiles
import OfframpTensor

/// Reads the bytes of `HandedOn`, each value checked against those before it.
struct HandedOnContent {
    private let file: SafetensorsFile

    init(_ file: SafetensorsFile) { self.file = file }

    /// More than any encoder has layers.
    private static let deepest = 1 << 12
    /// What an exit's keys in the metadata begin with.
    private static let exitPrefix = "exits."

    func requireForm() throws {
        let form = try text("offramp")
        guard form != HandedOn.form else { return }
        throw error("offramp", form, HandedOn.form)
    }

    func text(_ key: String) throws -> String {
        guard let text = file.metadata[key] else { throw error(key, "nothing", "a text") }
        return text
    }

    func depth() throws -> Int {
        try depth(text("depth"), at: "depth", from: 1, to: Self.deepest)
    }

    func texts() throws -> TextRanges {
        let (lengths, seconds) = (try integers("texts.lengths"), try integers("texts.seconds"))
        guard lengths.allSatisfy({ $0 > 0 }), lengths.reduce(0, +) <= Int(Int32.max) else {
            throw error("texts.lengths", "\(lengths.prefix(8))", "numbers of tokens from 1")
        }
        let fit = zip(seconds, lengths).allSatisfy { (0...$1).contains($0) }
        guard seconds.count == lengths.count, fit else {
            throw error("texts.seconds", "\(seconds.prefix(8))", "a place in each text")
        }
        return TextRanges(lengths: lengths, seconds: seconds)
    }

    func areTruncated(texts: Int) throws -> [Bool] {
        let flags = try integers("texts.truncated")
        guard flags.count == texts, flags.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            throw error(
                "texts.truncated", "\(flags.prefix(8))", "0 or 1 for each of \(texts) texts")
        }
        return flags.map { $0 == 1 }
    }

    func states(tokens: Int) throws -> Tensor {
        let stored = try stored("states")
        guard stored.dimensions.count == 2, stored.dimensions[0] == tokens, stored.dimensions[1] > 0
        else {
            throw stored.refusal("shape \(stored.dimensions)", "[\(tokens), width]")
        }
        return try Tensor([stored], shape: .matrix(tokens, stored.dimensions[1]))
    }

    func exits(texts: Int, before end: Int) throws -> [SpokenExit] {
        let keys = file.metadata.keys.filter { $0.hasPrefix(Self.exitPrefix) }
        let depths = try keys.map { key in
            try depth(String(key.dropFirst(Self.exitPrefix.count)), at: key, from: 0, to: end)
        }
        return try depths.sorted().map { depth in
            let name = Self.exitPrefix + "\(depth)"
            let signals = name + ".signals"
            return SpokenExit(
                depth: depth, fingerprint: try text(name),
                logits: try logits(name + ".logits", texts: texts),
                signals: file.stored(signals) == nil
                    ? nil : try vector(signals, texts: texts))
        }
    }

    func requireNothingElse() throws {
        let spoken = file.metadata.keys.filter { $0.hasPrefix(Self.exitPrefix) }
        let own = ["states", "states.scale", "texts.lengths", "texts.seconds", "texts.truncated"]
        // A set: a stranger may send any number of names.
        let known = Set(own + spoken.flatMap { [$0 + ".logits", $0 + ".signals"] })
        guard let other = file.names.first(where: { !known.contains($0) }) else { return }
        throw error(
            other, "a tensor of that name", "states, texts and exits that the metadata name")
    }
}

extension HandedOnContent {
    private func logits(_ name: String, texts: Int) throws -> Tensor {
        let stored = try stored(name)
        guard stored.type == .float32, stored.dimensions.count == 2, stored.dimensions[0] == texts,
            stored.dimensions[1] > 0
        else {
            throw stored.refusal(
                "\(stored.type.rawValue) \(stored.dimensions)", "F32 [\(texts), outputs]")
        }
        return try Tensor([stored], shape: .matrix(texts, stored.dimensions[1]))
    }

    private func vector(_ name: String, texts: Int) throws -> Tensor {
        let stored = try stored(name)
        guard stored.type == .float32, stored.dimensions == [texts] else {
            throw stored.refusal("\(stored.type.rawValue) \(stored.dimensions)", "F32 [\(texts)]")
        }
        return try Tensor([stored], shape: .vector(texts))
    }

    private func stored(_ name: String) throws -> StoredTensor {
        guard let stored = file.stored(name) else { throw error(name, "nothing", "a tensor") }
        return stored
    }

    private func integers(_ name: String) throws -> [Int] {
        try stored(name).integers().map { Int($0) }
    }

    /// A depth in the one way that it is written.
    private func depth(_ text: String, at key: String, from least: Int, to most: Int) throws -> Int
    {
        guard let depth = Int(text), "\(depth)" == text, (least...most).contains(depth) else {
            throw error(key, text, "a depth from \(least) to \(most)")
        }
        return depth
    }

    private func error(_ name: String, _ found: String, _ expected: String) -> OfframpError {
        OfframpError(.data, at: "\(file.path): \(name)", found: found, expected: expected)
    }
}
