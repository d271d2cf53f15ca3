import Synchronization

/// A number that several threads add to.
final class Counter: Sendable {
    private let value = Atomic(0)

    /// Adds, and returns the sum so far.
    func add(_ number: Int) -> Int { value.wrappingAdd(number, ordering: .relaxed).newValue }
}
