import OfframpFiles

extension Evaluation {
    /// The figures as one object.
    var json: JSON {
        var members: [JSON.Member] = [
            .init("rows", .number(rows)), .init("bad_rows", .number(badRows)),
            .init("method", .string(classifier.model.settings.method)),
            .init("policy", .string(classifier.policy.name)),
        ]
        members += metrics.map { .init($0.metric.name, .number($0.value)) }
        members += [
            .init("average_exit", .number(averageExit)),
            .init("relative_compute", .number(relativeCompute)),
            .init("exits", .array(exits.map(json))),
        ]
        if !labels.isEmpty { members.append(.init("labels", .array(labelScores))) }
        members.append(.init("rows_per_second", .number(rowsPerSecond)))
        return .object(members)
    }

    private func json(_ exit: ExitFigures) -> JSON {
        .object([
            .init("depth", .number(exit.depth)),
            .init(metrics[0].metric.name, .number(exit.quality)),
            .init("share", .number(exit.share)),
        ])
    }

    private var labelScores: [JSON] {
        zip(classifier.labels, labels).map { name, scores in
            [
                "label": .string(name), "precision": .number(scores.precision),
                "recall": .number(scores.recall), "f1": .number(scores.f1),
                "rows": .number(scores.support),
            ]
        }
    }
}
