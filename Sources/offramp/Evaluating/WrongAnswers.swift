import OfframpData
import OfframpEngine
import OfframpExit
import OfframpFiles

/// The texts that a policy gets wrong, with what every exit thought of them.
struct WrongAnswers {
    private let lines: [JSON]

    /// Finds them, in the order of the rows.
    ///
    /// - Parameter trace: of the rows, with right answers.
    init(_ trace: Trace, _ policy: any ExitPolicy, _ dataset: Dataset, _ task: ModelTask) {
        let answers = trace.replay(policy)
        let ofExits = trace.depths.map { trace.replay(policy.leaving(at: $0)) }
        let right = trace.gold?.labelsOfTexts ?? []
        lines = dataset.rows.indices.filter { answers[$0].prediction.labels != right[$0] }.map {
            text in
            let row = dataset.rows[text]
            var members: [JSON.Member] = [.init("text", .string(row.text))]
            if let pair = row.pair { members.append(.init("pair", .string(pair))) }
            members.append(.init("right", task.answer(right[text])))
            members += task.members(answers[text].prediction)
            members.append(.init("exit", .number(answers[text].depth)))
            let exits = ofExits.map { answers in
                JSON.object(
                    [.init("depth", .number(answers[text].depth))]
                        + task.members(answers[text].prediction))
            }
            return .object(members + [.init("exits", .array(exits))])
        }
    }

    /// How many there are.
    var count: Int { lines.count }

    /// An object per line.
    var text: String { lines.map { $0.text() + "\n" }.joined() }
}

extension ModelTask {
    fileprivate func members(_ prediction: Prediction) -> [JSON.Member] {
        [
            .init("label", answer(prediction.labels)), .init("score", .number(prediction.score)),
        ]
    }

    /// A label's name, or the list of them where a text may have several.
    fileprivate func answer(_ labels: [Int]) -> JSON {
        let names = labels.map { JSON.string(labelNames[$0]) }
        return kind == .multiLabel ? .array(names) : names.first ?? .null
    }
}
