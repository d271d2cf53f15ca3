import OfframpData
import OfframpExit
import OfframpFiles
import OfframpTensor

/// How much the rows of each label count in the loss, for data in which some labels are rare.
package enum ClassWeights: Sendable, Equatable {
    /// Every row counts the same.
    case equal
    /// Every label counts the same: a row counts `rows / (labels · rows of its label)`.
    case balanced
    /// As a file says, by the labels' names.
    case given([String: Float])

    /// Reads `balanced`, or the name of a JSON file such as `{"negative": 1, "positive": 2.5}`.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file, `data` for anything but positive numbers.
    package init(_ text: String) throws {
        guard text != "balanced" else {
            self = .balanced
            return
        }
        let members = try JSONReader(file: text).members("an object of labels and weights")
        let weights = try members.map { name, value in
            (name, try value.float(in: .leastNormalMagnitude..<1e6))
        }
        self = .given(Dictionary(weights) { first, _ in first })
    }
}

extension ClassWeights {
    /// In words, to tell one run from another.
    var text: String {
        switch self {
        case .equal: "equal"
        case .balanced: "balanced"
        case .given(let weights):
            weights.sorted { $0.key < $1.key }.map { "\($0) \($1)" }
                .joined(separator: ", ")
        }
    }

    /// The weight of each label.
    ///
    /// - Parameter targets: of the rows that are learned from.
    /// - Throws: `OfframpError`: `usage` for a task of another kind, `data` for names that are not the
    ///   task's labels.
    fileprivate func weights(of targets: Targets, in task: ModelTask) throws -> [Float] {
        guard task.kind == .classification else {
            throw OfframpError(
                .usage, at: "class weights", found: "a \(task.kind.rawValue) task",
                expected: "texts with one label each")
        }
        switch self {
        case .equal: return Array(repeating: 1, count: task.outputCount)
        case .balanced:
            var counts = [Int](repeating: 0, count: task.outputCount)
            for label in targets.gold.labels { counts[label] += 1 }
            return counts.map { Float(targets.count) / Float(counts.count * max($0, 1)) }
        case .given(let weights):
            guard Set(weights.keys) == Set(task.labelNames) else {
                throw OfframpError(
                    .data, at: "class weights", found: "\(weights.keys.sorted())",
                    expected: "a weight for each of \(task.labelText)")
            }
            return task.labelNames.map { weights[$0] ?? 1 }
        }
    }
}

extension Targets {
    /// The same targets, each row counting as much as its label.
    ///
    /// - Throws: `OfframpError`, as `ClassWeights.weights` does.
    package func weighted(by weights: ClassWeights, in task: ModelTask) throws -> Targets {
        guard weights != .equal else { return self }
        let byLabel = try weights.weights(of: self, in: task)
        let rows = softened ?? rules.certain(gold, outputCount: task.outputCount)
        let factors = gold.labels.map { byLabel[$0] }
        return Targets(
            gold, softened: rows.multiplied(byColumn: Tensor(factors, rows: count, columns: 1)))
    }
}
