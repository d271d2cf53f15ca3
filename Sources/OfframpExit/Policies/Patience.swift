/// Leaves when the last `patience + 1` exits agree; a change of mind starts the count anew.
///
/// Labels agree when they are equal, numbers when they differ by less than a tolerance.
/// PABEE (Zhou et al., 2020). An exit whose logits are NaN agrees with none.
package struct Patience: ExitPolicy {
    /// What is remembered of one text.
    package struct Memory: Sendable {
        var agreements = 0
        var answer: Prediction?
    }

    /// How many times in a row an exit must confirm the one before it.
    package let patience: Int
    /// Numbers agree when they differ by less than this; `nil` for labels.
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

    package func decide(_ exit: ExitObservation, _ memory: inout Memory) -> Bool {
        memory.agreements = agrees(exit, memory) ? memory.agreements + 1 : 0
        memory.answer = exit.prediction
        return memory.agreements >= patience
    }

    package func reason(_ exit: ExitObservation, _ memory: Memory) -> String? {
        "agreements in a row \(memory.agreements), leaves from \(patience)"
    }

    private func agrees(_ exit: ExitObservation, _ memory: Memory) -> Bool {
        memory.answer.map { exit.task.rules.agrees(exit, $0, tolerance: tolerance ?? 0) } ?? false
    }
}

extension PolicyKind {
    package static let patience = PolicyKind(
        name: "patience", syntax: "patience:N, in a regression patience:N,tolerance=X",
        summary: "N exits in a row confirm the one before them",
        paper: "Zhou et al. 2020 (PABEE)", tasks: Set(TaskKind.allCases), options: ["tolerance"],
        sweep: { arguments in
            let context = arguments.context
            let counts = (1...max(1, context.innerExits)).reversed().map { "\($0)" }
            guard needsTolerance(context.task), !arguments.has("tolerance") else { return counts }
            return counts.flatMap { count in
                ["0.05", "0.1", "0.2", "0.5"].map { "\(count),tolerance=\($0)" }
            }
        },
        build: { arguments in
            let patience = try arguments.integer(in: 1...max(1, arguments.context.innerExits))
            let most = Float.greatestFiniteMagnitude
            let tolerance = try arguments.option("tolerance", in: 0...most)
            let isNeeded = needsTolerance(arguments.context.task)
            guard isNeeded == (tolerance != nil) else {
                throw arguments.wrong(
                    isNeeded ? "no tolerance" : "a tolerance",
                    isNeeded ? "patience:N,tolerance=X" : "patience:N, as labels agree or do not")
            }
            return Patience(patience, tolerance: tolerance)
        })

    /// Labels agree or they do not; numbers agree more or less.
    private static func needsTolerance(_ task: TaskKind) -> Bool { !task.rules.hasLabels }
}
