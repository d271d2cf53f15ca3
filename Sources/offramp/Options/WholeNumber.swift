import ArgumentParser

/// Reads whole numbers for options, and says what is allowed.
enum WholeNumber {
    /// Beyond all use, and small enough to be multiplied.
    private static let most = Int(Int32.max)

    /// A transformation for an option that takes a whole number from `least` on.
    static func atLeast(_ least: Int) -> @Sendable (String) throws -> Int {
        { text in
            guard let number = Int(text), (least...most).contains(number) else {
                throw ValidationError("expected a whole number from \(least) to \(most)")
            }
            return number
        }
    }
}
