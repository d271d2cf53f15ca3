/// A threshold for all exits, or one for each inner exit.
package struct Thresholds: Sendable, Equatable {
    private let values: [Float]

    /// The same threshold at every exit.
    package init(_ value: Float) { values = [value] }

    /// One threshold for each exit but the last.
    package init(_ values: [Float]) {
        precondition(!values.isEmpty && values.allSatisfy(\.isFinite), "thresholds are numbers")
        self.values = values
    }

    /// The threshold at one exit, as text.
    func text(_ place: ExitPlace) -> String { numberText(self[place]) }

    /// The threshold at an exit. The last exit answers in any case; it gets the last threshold.
    package subscript(_ place: ExitPlace) -> Float { values[min(place.index, values.count - 1)] }
}

extension Thresholds: CustomStringConvertible {
    package var description: String { values.map(numberText).joined(separator: ",") }
}
