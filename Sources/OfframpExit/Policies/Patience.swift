/// Leaves when the last `patience + 1` exits agree; a change of mind starts the count anew.
///
/// Labels agree when they are equal, numbers when they differ by less than a tolerance.
/// PABEE (Zhou et al., 2020). An exit whose logits are not numbers agrees with none.
package struct Patience: ExitPolicy {
    /// What is remembered of one text.
    package struct Memory: Sendable {
        var agreements = 0
        var label: Int?
        var value = Float.nan
    }

    /// How many times in a row an exit must confirm the one before it.
    package let patience: Int
    /// By how much two numbers that agree may differ, exclusive; `nil` for labels.
    package let tolerance: Float?

    /// Leaves after `patience` agreements in a row.
    package init(_ patience: Int, tolerance: Float? = nil) {
        precondition(patience >= 1, "two exits are needed to agree")
        self.patience = patience
        self.tolerance = tolerance
    }

    package var name: String {
        "patience:\(patience)" + (tolerance.map { ",tolerance=\(numberText($0))" } ?? "")
    }

    package func begin() -> Memory { Memory() }

    package func decide(_ exit: ExitObservation, _ memory: inout Memory) -> ExitDecision {
        memory.agreements = agrees(exit, memory) ? memory.agreements + 1 : 0
        memory.label = exit.label
        memory.value = exit.value
        return .leave(exit, if: memory.agreements >= patience)
    }

    package func reason(_ exit: ExitObservation, _ memory: Memory) -> String? {
        "agreements in a row \(memory.agreements), leaves from \(patience)"
    }

    private func agrees(_ exit: ExitObservation, _ memory: Memory) -> Bool {
        switch exit.task {
        case .classification: exit.label != nil && exit.label == memory.label
        case .regression: abs(exit.value - memory.value) < tolerance ?? 0
        }
    }
}
