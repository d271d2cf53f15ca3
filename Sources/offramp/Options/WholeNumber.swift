import ArgumentParser

/// Reads whole numbers for options, and says what is allowed.
enum WholeNumber {
    /// More than anybody needs, and small enough that products of two do not overflow.
    private static let most = Int(Int32.max)

    /// Parses an option that takes a whole number of at least `least`.
    static func atLeast(_ least: Int) -> @Sendable (String) throws -> Int {
        { text in
            guard let number = Int(text), (least...most).contains(number) else {
                throw ValidationError("expected a whole number from \(least) to \(most)")
            }
            return number
        }
    }
}
