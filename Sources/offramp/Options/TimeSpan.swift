import ArgumentParser

/// Reads times for options, such as `2ms`, `0.5 s` or `800µs`.
enum TimeSpan {
    private static let units: [(name: String, unit: Duration)] = [
        ("us", .microseconds(1)), ("µs", .microseconds(1)), ("ms", .milliseconds(1)),
        ("s", .seconds(1)),
    ]

    /// Parses an option that takes a time, which may be 0.
    static func parsed(_ text: String) throws -> Duration {
        for (name, unit) in units where text.hasSuffix(name) {
            let digits = text.dropLast(name.count).filter { $0 != " " }
            guard let number = Double(digits), number >= 0, number < 1e9 else { continue }
            return unit * number
        }
        throw ValidationError("expected a time in us, µs, ms or s, such as 2ms")
    }

    /// Parses an option that takes a time above 0.
    static func positive(_ text: String) throws -> Duration {
        let time = try parsed(text)
        guard time > .zero else { throw ValidationError("expected a time above 0, such as 2ms") }
        return time
    }
}
