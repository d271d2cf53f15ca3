import OfframpEncoder
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer

// The files of a checkpoint may contradict each other; opening one finds that out at once.

extension Checkpoint {
    /// The tokenizer that the folder describes, its encodings no longer than the model reads.
    ///
    /// - Parameter maximumLength: the most tokens of a text; `nil` for the tokenizer's own limit, or
    ///   the model's where that is lower.
    /// - Throws: `OfframpError`: `usage` for a length beyond the model's positions, `data` for a
    ///   vocabulary beyond the model's.
    package func tokenizer(maximumLength: Int? = nil) throws -> Tokenizer {
        let tokenizer = try Tokenizer(folder: folder.path)
        try checkReadable(tokenizer)
        let allowed = tokenizer.minimumLength...configuration.positionCount
        guard allowed.contains(maximumLength ?? allowed.upperBound) else {
            throw OfframpError(
                .usage, at: "maximum length", found: "\(maximumLength ?? 0)",
                expected: "a length from \(allowed.lowerBound) to \(allowed.upperBound) tokens")
        }
        return tokenizer.limited(
            to: maximumLength ?? min(tokenizer.maximumLength, allowed.upperBound))
    }

    /// Refuses pairs of texts where the model knows one segment only.
    ///
    /// - Parameter pairs: the second texts, `nil` for a text that stands alone.
    /// - Throws: `OfframpError` (`data`).
    package func checkSegments(for pairs: some Sequence<String?>) throws {
        guard configuration.segmentCount == 1, pairs.contains(where: { $0 != nil }) else { return }
        throw OfframpError(
            .data, at: "\(folder.configuration): type_vocab_size",
            found: "1", expected: "room for the 2 segments of a pair")
    }

    /// Refuses a vocabulary, or encodings, that the embedding tables have no rows for.
    private func checkReadable(_ tokenizer: Tokenizer) throws {
        let needs = [
            (
                "vocab_size", configuration.vocabularySize, tokenizer.pieceCount,
                "pieces of the vocabulary"
            ),
            (
                "max_position_embeddings", configuration.positionCount, tokenizer.minimumLength,
                "tokens"
            ),
        ]
        for (key, found, needed, what) in needs where found < needed {
            throw OfframpError(
                .data, at: "\(folder.configuration): \(key)", found: "\(found)",
                expected: "room for \(needed) \(what)")
        }
    }

    /// Refuses weights among which none is of the encoder.
    func checkNames() throws {
        let names = weights.names
        guard let first = names.first, !names.contains(where: configuration.family.isOfEncoder)
        else {
            return
        }
        let wrapper = "module."
        throw OfframpError(
            .data, at: weights.path, found: "tensors such as \(first)",
            expected: "those of a \(configuration.family.name) encoder"
                + (first.hasPrefix(wrapper)
                    ? " without \(wrapper) before their names: save model.module, not the model that "
                        + "DataParallel wrapped" : ""))
    }

    /// Refuses a part of layers that the encoder does not have.
    func checkDepths() throws {
        guard depths.upperBound > configuration.layerCount else { return }
        throw OfframpError(
            .data, at: "\(folder.part): depths",
            found: "[\(depths.lowerBound), \(depths.upperBound)]",
            expected: "depths up to \(configuration.layerCount), the layers of config.json")
    }

    /// The tensors that nobody reads, beside those that training leaves in many files.
    package var unusedTensors: [String] {
        weights.tensors.map(\.name).filter {
            !configuration.family.isOfEncoder($0) && !configuration.family.isOfUsualHead($0)
        }
    }

    /// Refuses a configuration that claims far more weights than there are, before room is made for
    /// them; smaller contradictions are named tensor by tensor.
    func checkSize() throws {
        let stored = weights.names.reduce(0.0) { $0 + Double(weights.stored($1)?.count ?? 0) }
        let claimed = configuration.parameters(between: depths)
        guard claimed > 2 * stored + Self.sizeSlack else { return }
        throw OfframpError(
            .data, at: folder.configuration,
            found: "sizes of a model with \(claimed) weights",
            expected: "those of the \(Int(stored)) weights in \(weights.path)")
    }

    /// In a file without any tensors those of a small model are still named.
    private static let sizeSlack = 1e6

    /// Refuses settings with policies, or learned numbers of policies, that cannot be read.
    func check(_ settings: ExitSettings, _ task: ModelTask) throws {
        let context = settings.context(for: task)
        let saved = [settings.policy] + settings.operatingPoints.compactMap(\.value.string)
        do {
            for policy in saved { _ = try PolicyKind.policy(policy, for: context) }
            for member in settings.learned.members ?? [] {
                _ = try PolicyKind.sweep(member.key, for: context)
            }
        } catch let error as OfframpError {
            throw error.inside(headFolder.settings(settings.method))
        }
    }
}

extension EncoderConfiguration {
    /// The number of weights in the matrices between two depths; a float, as a file may claim sizes that overflow an
    /// `Int`.
    fileprivate func parameters(between depths: ClosedRange<Int>) -> Double {
        let (width, feedForward) = (Double(width), Double(feedForwardWidth))
        let rows = depths.lowerBound == 0 ? vocabularySize + positionCount + (segmentCount ?? 0) : 0
        let layers = Double(depths.upperBound - depths.lowerBound)
        return Double(rows) * Double(embeddingWidth) + layers * (4 * width + 2 * feedForward)
            * width
    }
}
