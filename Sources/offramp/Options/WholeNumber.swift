import ArgumentParser

/// Reads whole numbers for options, and says what is allowed.
enum WholeNumber {
    /// A transformation for an option that takes a whole number from `least` on.
    static func atLeast(_ least: Int) -> @Sendable (String) throws -> Int {
        { text in
            guard let number = Int(text), number >= least else {
                throw ValidationError("expected a whole number from \(least)")
            }
            return number
        }
    }
}
