import OfframpExit
import OfframpFiles
import OfframpTensor

extension Checkpoint {
    /// Opens a folder that holds a part of a checkpoint; no weights are read yet.
    ///
    /// - Throws: `OfframpError`: `noInput` for what is missing, `data` for what is wrong, or a whole checkpoint.
    package init(part path: String) throws {
        try self.init(opening: path)
        guard part == nil else { return }
        throw OfframpError(
            .data, at: folder.path, found: "a folder without part.json",
            expected: "a part of a checkpoint, as offramp convert --split writes it")
    }

    /// Refuses a part of a checkpoint.
    ///
    /// - Throws: `OfframpError` (`data`) that says which part it is.
    func requireWhole() throws {
        guard let part else { return }
        throw OfframpError(
            .data, at: folder.path, found: part.text,
            expected: "a whole checkpoint; the library's ClassifierPart runs parts")
    }

    /// The depths that the weights reach from and to.
    var depths: ClosedRange<Int> { part?.depths ?? configuration.depths }

    /// The parts that splitting makes.
    ///
    /// - Parameter depths: where to split, ascending.
    /// - Throws: `OfframpError`: `usage` for a depth that is not between two exits' layers, `data` for a checkpoint
    ///   without heads or with weights that are no model.
    package func parts(splitAt depths: [Int]) throws -> [ModelPart] {
        _ = try defaultMethod()
        let deepest = try methods.map { try settings($0).depths.last ?? 0 }.max() ?? 0
        guard depths.allSatisfy({ $0 > 0 && $0 < deepest }) else {
            throw splitError(depths, deepest)
        }
        let backbone = try fingerprint()
        let exits = try exitFingerprints()
        let ends = [0] + depths + [configuration.layerCount]
        return ends.indices.dropLast().map { index in
            ModelPart(
                number: index + 1, count: ends.count - 1, depths: ends[index]...ends[index + 1],
                backbone: backbone, exits: exits)
        }
    }

    private func splitError(_ depths: [Int], _ deepest: Int) -> OfframpError {
        OfframpError(
            .usage, at: "--split", found: depths.map { "\($0)" }.joined(separator: ","),
            expected: deepest > 1
                ? "depths from 1 to \(deepest - 1), before the last exit of \(folder.path)"
                : "a checkpoint with an exit behind its second layer or a later one")
    }

    /// Of the backbone's weights, as numbers: however they are stored without loss.
    private func fingerprint() throws -> String {
        var (backbone, digest) = (try backbone(), ParameterDigest())
        backbone.visitParameters(&digest, under: "")
        return digest.text
    }

    /// Of each exit of each method. A head that reads the one before it counts together with that one.
    private func exitFingerprints() throws -> [String: [String]] {
        let methods = try methods.map { method in
            let settings = try settings(method)
            return (method, try heads(settings).fingerprints(settings))
        }
        return Dictionary(uniqueKeysWithValues: methods)
    }
}

extension HeadSet {
    /// What tells each exit from all others: its kind, place, temperature and weights.
    fileprivate func fingerprints(_ settings: ExitSettings) -> [String] {
        var heads = self
        var (previous, texts): (UInt64, [String]) = (0, [])
        for exit in depths.indices {
            var digest = ParameterDigest()
            heads.visitParameters(&digest, ofExit: exit, under: "")
            let temperature = UInt64(settings.temperatures[exit].bitPattern)
            let numbers = kind.name.utf8.map { UInt64($0) } + [UInt64(depths[exit]), temperature]
            let value = (numbers + (isChained ? [previous] : [])).reduce(digest.value) {
                RandomSource.seed($0, $1)
            }
            previous = value
            texts.append(String(value, radix: 16))
        }
        return texts
    }
}

extension ParameterDigest {
    fileprivate var text: String { String(value, radix: 16) }
}
