/// How often each label was given, wanted, and both, where texts have any number of labels.
struct LabelSetCounts {
    private var correct: [Int]
    private var given: [Int]
    private var wanted: [Int]

    init(_ predictions: [Prediction], _ gold: Gold) {
        let count = predictions.first?.probabilities.count ?? 0
        (correct, given, wanted) = (
            Array(repeating: 0, count: count), Array(repeating: 0, count: count),
            Array(repeating: 0, count: count)
        )
        for (prediction, labels) in zip(predictions, gold.labelSets) {
            for label in prediction.labels { given[label] += 1 }
            for label in labels { wanted[label] += 1 }
            for label in Set(labels).intersection(prediction.labels) { correct[label] += 1 }
        }
    }

    /// Precision, recall and F1 of every label.
    var scores: [LabelScores] {
        correct.indices.map {
            LabelScores(correct: correct[$0], given: given[$0], support: wanted[$0])
        }
    }

    /// F1 over all labels of all texts.
    var microF1: Double {
        LabelScores(
            correct: correct.reduce(0, +), given: given.reduce(0, +), support: wanted.reduce(0, +)
        ).f1
    }

    /// The mean F1 of the labels that are in the data or among the answers.
    var macroF1: Double {
        let seen = correct.indices.filter { given[$0] + wanted[$0] > 0 }
        let scores = scores
        return seen.reduce(0) { $0 + scores[$1].f1 } / Double(max(seen.count, 1))
    }
}
