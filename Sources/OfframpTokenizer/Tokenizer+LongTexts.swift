extension Tokenizer {
    /// Encodes an input in one part, or in several where it is longer than a window.
    ///
    /// Of a pair the longer text is cut or gone through; the shorter one is in every part, with at most half of
    /// the room.
    package func parts(_ input: TextInput, long: LongTexts) -> [Encoding] {
        let limit = partLimit(long)
        let beginning = encode(input, maximumLength: limit)
        guard beginning.isTruncated, long != .head, long != .refuse else { return [beginning] }
        let texts = WholeTexts(encode(input, maximumLength: .max), template)
        let room = limit - texts.specialCount
        let short = texts.shorter.prefix(room / 2)
        let width = room - short.count
        guard long != .headTail else {
            let cut = headAndTail(texts.longer, width)
            return [texts.encoding(longer: cut, shorter: short, isTruncated: true)]
        }
        let isCut = short.count < texts.shorter.count
        return windows(texts.longer, width).map {
            texts.encoding(longer: $0, shorter: short, isTruncated: isCut)
        }
    }

    /// The most tokens of one part.
    private func partLimit(_ long: LongTexts) -> Int {
        guard case .windows(let tokens) = long else { return maximumLength }
        return min(max(tokens, minimumLength + 1), maximumLength)
    }

    /// The share of a text that its beginning has, and the share of a window that the next one repeats.
    private static let quarter = 4

    private func headAndTail(_ ids: ArraySlice<Int32>, _ width: Int) -> ArraySlice<Int32> {
        let head = width / Self.quarter
        return ids.prefix(head) + ids.suffix(width - head)
    }

    /// Windows of the same width; the last one ends where the text does.
    private func windows(_ ids: ArraySlice<Int32>, _ width: Int) -> [ArraySlice<Int32>] {
        let step = max(width - width / Self.quarter, 1)
        let last = max(ids.count - width, 0)
        let starts = Array(stride(from: 0, to: last, by: step)) + [last]
        return starts.map { ids.dropFirst($0).prefix(width) }
    }
}

/// The pieces of an input that was not cut, without the special tokens.
private struct WholeTexts {
    private let template: EncodingTemplate
    private let first: ArraySlice<Int32>
    /// `nil` for a text alone.
    private let second: ArraySlice<Int32>?

    init(_ whole: Encoding, _ template: EncodingTemplate) {
        self.template = template
        if whole.secondStart == whole.ids.count {
            first = whole.ids.dropFirst(template.single.prefix.count)
                .dropLast(template.single.suffix.count)
            second = nil
        } else {
            first = whole.ids.prefix(whole.secondStart).dropFirst(template.pair.prefix.count)
                .dropLast(template.pair.middle.count)
            second = whole.ids.dropFirst(whole.secondStart).dropLast(template.pair.suffix.count)
        }
    }

    var specialCount: Int { second == nil ? template.singleCount : template.pairCount }

    private var isFirstLonger: Bool { first.count > (second?.count ?? 0) }

    var longer: ArraySlice<Int32> { isFirstLonger ? first : second ?? first }

    /// Empty for a text alone.
    var shorter: ArraySlice<Int32> { isFirstLonger ? second ?? [] : first }

    func encoding(
        longer: ArraySlice<Int32>, shorter: ArraySlice<Int32>, isTruncated: Bool
    ) -> Encoding {
        guard second != nil else {
            let ids = template.single.prefix + longer + template.single.suffix
            return Encoding(
                ids: ids, secondStart: ids.count, isTruncated: isTruncated, ranges: nil)
        }
        let texts = isFirstLonger ? (longer, shorter) : (shorter, longer)
        let start = template.pair.prefix + texts.0 + template.pair.middle
        return Encoding(
            ids: start + texts.1 + template.pair.suffix, secondStart: start.count,
            isTruncated: isTruncated, ranges: nil)
    }
}
