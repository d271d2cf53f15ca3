import OfframpExit
import OfframpTensor

/// Rows dealt at random into those that policies are searched on and those that decide between them: what was
/// made to fit some rows says too much good of itself on them.
package struct CalibrationParts: Sendable {
    /// What policies are searched on.
    package let search: Trace
    /// What decides.
    package let test: Trace
    /// Which of the rows decide, in the order of `test`.
    package let testTexts: [Int]

    /// The share that is searched on. A search may be a little wrong for little harm; a decision needs every
    /// row that it can get.
    private static let searchShare = 0.3

    /// Deals the rows of a trace with right answers.
    ///
    /// - Parameter seed: which of them go where.
    package init(_ trace: Trace, seed: UInt64 = 42) {
        var random = RandomSource(seed: seed)
        let texts = Array(0..<trace.textCount).shuffled(using: &random)
        let searched = texts.prefix(Self.searchedTexts(of: texts.count))
        testTexts = Array(texts.dropFirst(searched.count))
        search = trace.gathered(Array(searched))
        test = trace.gathered(testTexts)
    }

    private static func searchedTexts(of texts: Int) -> Int { Int(searchShare * Double(texts)) }

    /// The fewest rows of which so many decide, and at least one is searched on.
    static func fewestTexts(deciding needed: Int) -> Int {
        // No fewer can do, and hardly more are needed.
        var texts = max(needed, Int(Double(needed - 1) / (1 - searchShare)))
        while texts - searchedTexts(of: texts) < needed || searchedTexts(of: texts) == 0 {
            texts += 1
        }
        return texts
    }
}
