import OfframpData
import OfframpEngine
import OfframpExit
import OfframpTensor
import OfframpTokenizer

/// Tokenised texts with what they are to be learned as.
package struct TrainingSet: Sendable {
    /// The texts.
    package let texts: [Encoding]
    /// What they are, in the same order.
    package internal(set) var targets: Targets

    /// Pairs texts with their targets.
    package init(texts: [Encoding], targets: Targets) {
        precondition(texts.count == targets.count, "a target for each text")
        self.texts = texts
        self.targets = targets
    }

    /// Tokenises labelled rows.
    ///
    /// - Parameter checkpoint: what will read them.
    /// - Throws: `OfframpError` (`data`) for pairs where it knows no second segment.
    init(_ rows: Dataset, for checkpoint: Checkpoint, _ tokenizer: Tokenizer) throws {
        try checkpoint.checkSegments(for: rows.rows.lazy.map(\.pair))
        self.init(
            texts: rows.inputs.map { tokenizer.encode($0) }, targets: Targets(rows.gold))
    }

    /// The same texts, and then others whose targets nobody looks at.
    func joined(withUnlabelled others: [Encoding]) -> TrainingSet {
        guard !others.isEmpty else { return self }
        let placeholder = gold.gathered([Int](repeating: 0, count: others.count))
        return TrainingSet(
            texts: texts + others, targets: Targets(gold.joined(with: placeholder)))
    }

    /// The same texts, and then others.
    func joined(with others: TrainingSet, _ task: ModelTask) -> TrainingSet {
        let softened = [targets, others.targets].flatMap { targets in
            (targets.softened ?? task.rules.certain(targets.gold, outputCount: task.outputCount))
                .values
        }
        return TrainingSet(
            texts: texts + others.texts,
            targets: Targets(
                gold.joined(with: others.gold),
                softened: Tensor(
                    softened, rows: count + others.count, columns: task.outputCount)))
    }

    /// The number of texts.
    package var count: Int { texts.count }

    /// The right answers.
    package var gold: Gold { targets.gold }

    /// A fingerprint: another set, or the same in another order, has another one.
    var digest: UInt64 {
        let ids = texts.lazy.flatMap(\.ids).map { UInt64(UInt32(bitPattern: $0)) }
        let softened = (targets.softened?.values ?? []).map { UInt64($0.bitPattern) }
        return [Array(ids), gold.bits, softened].joined().reduce(UInt64(0)) {
            RandomSource.seed($0, $1)
        }
    }
}
