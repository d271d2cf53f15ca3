/// Where normalised characters go.
protocol NormalizerOutput {
    /// Takes a character.
    ///
    /// - Parameter source: the part of the text that it comes from.
    mutating func append(_ scalar: UInt32, isPunctuation: Bool, from source: Range<Int>)
    /// Takes a blank, or what counts as one.
    mutating func endWord(at source: Range<Int>)
}

/// Normalises text that is not plain ASCII, after BERT's basic tokenizer.
///
/// The steps and their order are Hugging Face's: clean-up, blanks around Chinese characters,
/// canonical decomposition (NFD) without non-spacing marks, lower case.
struct Normalizer {
    private let normalization: Normalization
    /// Characters after the last starter, which canonical ordering may still move.
    private var pending: [PendingScalar] = []
    private var lastSource = 0..<0

    init(_ normalization: Normalization) { self.normalization = normalization }

    /// Appends a part of the text that begins and ends between characters.
    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, _ part: Range<Int>,
        to output: inout some NormalizerOutput
    ) {
        var position = part.lowerBound
        while position < part.upperBound {
            let scalar = DecodedScalar(text, at: position)
            let end = position + scalar.length
            accept(scalar.value, from: position..<end, &output)
            position = end
        }
        writePending(&output)
    }

    private mutating func accept(
        _ scalar: UInt32, from source: Range<Int>, _ output: inout some NormalizerOutput
    ) {
        let properties = ScalarProperties(scalar)
        if properties.scalarClass == .dropped { return }
        if properties.scalarClass == .blank { return endWord(at: source, &output) }
        let standsAlone = normalization.splitsChinese && ScalarMapping.isChinese(scalar)
        if standsAlone { endWord(at: source, &output) }
        if normalization.stripsAccents && properties.decomposes {
            ScalarMapping.decompose(scalar) { part, index in
                order(part, ScalarProperties(part), isFirst: index == 0, from: source, &output)
            }
        } else {
            order(scalar, properties, isFirst: true, from: source, &output)
        }
        if standsAlone { endWord(at: source, &output) }
    }

    /// Writes a starter at once; combining characters are kept until their order is known.
    private mutating func order(
        _ scalar: UInt32, _ properties: ScalarProperties, isFirst: Bool, from source: Range<Int>,
        _ output: inout some NormalizerOutput
    ) {
        if normalization.stripsAccents && properties.combiningClass > 0 {
            pending.append(
                PendingScalar(
                    scalar: scalar, properties: properties, isFirst: isFirst, source: source))
        } else {
            writePending(&output)
            write(scalar, properties.scalarClass, from: source, &output)
        }
    }

    private mutating func writePending(_ output: inout some NormalizerOutput) {
        if pending.isEmpty { return }
        if pending.count > 1 { PendingScalar.reorder(&pending, after: lastSource) }
        for scalar in pending {
            write(scalar.scalar, scalar.properties.scalarClass, from: scalar.source, &output)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private mutating func write(
        _ scalar: UInt32, _ scalarClass: ScalarClass, from source: Range<Int>,
        _ output: inout some NormalizerOutput
    ) {
        lastSource = source
        if scalarClass == .mark && normalization.stripsAccents { return }
        let written = normalization.lowercases ? ScalarMapping.lowercase(scalar) : scalar
        output.append(written, isPunctuation: scalarClass == .punctuation, from: source)
        if normalization.lowercases && scalar == ScalarMapping.dottedI {
            output.append(ScalarMapping.dotAbove, isPunctuation: false, from: source)
        }
    }

    private mutating func endWord(at source: Range<Int>, _ output: inout some NormalizerOutput) {
        writePending(&output)
        output.endWord(at: source)
    }
}

/// How a model wants its text normalised, in the words of `tokenizer_config.json`.
struct Normalization: Sendable {
    /// `do_lower_case`
    var lowercases: Bool
    /// `strip_accents`
    var stripsAccents: Bool
    /// `tokenize_chinese_chars`
    var splitsChinese: Bool

    /// Of a text that is normalised already.
    static let none = Normalization(lowercases: false, stripsAccents: false, splitsChinese: false)
}
