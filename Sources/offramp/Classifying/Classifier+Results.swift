import OfframpExit
import OfframpFiles
import OfframpTokenizer

/// How answers are told.
extension Classifier {
    /// The label's name, or the number of a regression.
    func label(_ prediction: Prediction) -> JSON {
        switch task.kind {
        case .classification: .string(task.labels[prediction.label])
        case .regression: .number(prediction.score)
        }
    }

    /// The probability of the label; null in a regression.
    func score(_ prediction: Prediction) -> JSON {
        task.kind == .classification ? .number(prediction.score) : .null
    }

    /// The members of an answer in JSON.
    func members(_ answer: Answer, truncated: Bool) -> [JSON.Member] {
        let prediction = answer.prediction
        let probabilities = zip(task.labels, prediction.probabilities).map {
            JSON.Member($0, .number($1))
        }
        return [
            .init("label", label(prediction)), .init("score", score(prediction)),
            .init("probabilities", .object(probabilities)),
            .init("exit", .number(answer.depth)), .init("truncated", .bool(truncated)),
        ]
    }

    /// An answer in one line: label, score and the way there, separated by tabs.
    func line(_ answer: Answer, truncated: Bool) -> String {
        let way = "after \(answer.depth) of \(layers) layers" + (truncated ? ", truncated" : "")
        return (cells(answer.prediction) + [way]).joined(separator: "\t")
    }

    /// Label and score for people to read.
    func cells(_ prediction: Prediction) -> [String] {
        switch task.kind {
        case .classification:
            [task.labels[prediction.label], prediction.score.text(decimals: 4)]
        case .regression: [prediction.score.text(decimals: 4)]
        }
    }
}
