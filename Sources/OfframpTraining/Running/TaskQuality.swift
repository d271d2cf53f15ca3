import OfframpData
import OfframpExit

extension Quality {
    /// What epochs and policies are judged by: accuracy, or Pearson's correlation in a regression.
    public static func of(_ task: TaskKind) -> Quality {
        switch task {
        case .classification: .accuracy
        case .regression: .pearson
        }
    }

    /// Pearson's correlation; 0 where it does not exist.
    private static let pearson = Quality { predictions, gold in
        guard case .values(let values) = gold else {
            preconditionFailure("a correlation compares numbers")
        }
        let given = predictions.map { Double($0.score) }
        return Correlation.pearson(values.map { Double($0) }, given) ?? 0
    }
}
