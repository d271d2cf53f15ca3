import ArgumentParser

/// Reads a time such as `2ms`.
enum Deadline {
    private static let units: [(name: String, unit: Duration)] = [
        ("us", .microseconds(1)), ("ms", .milliseconds(1)), ("s", .seconds(1)),
    ]

    /// Parses an option that takes a time.
    static func parsed(_ text: String) throws -> Duration {
        for (name, unit) in units where text.hasSuffix(name) {
            guard let number = Double(text.dropLast(name.count)), number >= 0, number < 1e9 else {
                continue
            }
            return unit * number
        }
        throw ValidationError("expected a time in us, ms or s, such as 2ms")
    }
}
