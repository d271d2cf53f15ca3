import ArgumentParser

/// One of several parts of the rows, for machines that share them.
struct Shard: CustomStringConvertible {
    /// From 1.
    private let number: Int
    private let count: Int

    /// Reads `3/8`.
    static func parsed(_ text: String) throws -> Shard {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], count > 0,
            (1...count).contains(number)
        else { throw ValidationError("expected i/N with i from 1 to N, such as 3/8") }
        return Shard(number: number, count: count)
    }

    /// As the user writes it.
    var description: String { "\(number)/\(count)" }

    /// Its rows: all shards, one behind the other, are all rows, and differ by one row at most.
    func range(of rows: Int) -> Range<Int> {
        func bound(_ number: Int) -> Int {
            rows / count * number + min(number, rows % count)
        }
        return bound(number - 1)..<bound(number)
    }
}
