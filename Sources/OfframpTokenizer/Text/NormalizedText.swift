/// A normalised text with its blanks, not yet cut into words.
struct NormalizedText: NormalizerOutput {
    private(set) var bytes: [UInt8] = []
    /// For each byte the part of the text that it comes from.
    private(set) var sources: [Range<Int>] = []

    init(
        _ text: UnsafeBufferPointer<UInt8>, _ part: Range<Int>, _ normalization: Normalization
    ) {
        var normalizer = Normalizer(normalization)
        normalizer.append(text, part, to: &self)
    }

    mutating func append(_ scalar: UInt32, isPunctuation: Bool, from source: Range<Int>) {
        bytes.appendUTF8(scalar)
        while sources.count < bytes.count { sources.append(source) }
    }

    mutating func endWord(at source: Range<Int>) {
        append(0x20, isPunctuation: false, from: source)
    }
}
