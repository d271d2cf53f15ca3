/// How many pieces of two texts are kept if together they are too long ("longest first").
enum Truncation {
    /// Shortens the longer text to the room that the shorter one leaves. If that is not enough, each
    /// gets half, and the longer one (the second if they are equal) the odd piece.
    ///
    /// - Parameters:
    ///   - first: the pieces of the first text.
    ///   - second: the pieces of the second text.
    ///   - limit: the most pieces of both.
    static func longestFirst(_ first: Int, _ second: Int, limit: Int) -> (first: Int, second: Int) {
        guard first + second > limit else { return (first, second) }
        let shorter = min(first, second)
        let short = 2 * shorter <= limit ? shorter : limit / 2
        let long = limit - short
        return first > second ? (long, short) : (short, long)
    }
}
