import OfframpEngine
import OfframpFiles

extension Inspection {
    /// All of it as one object.
    var json: JSON {
        var members: [JSON.Member] = [
            .init("checkpoint", .string(checkpoint.folder.path)),
            .init("shape", .object(shape.map { JSON.Member($0.key, .number($0.value)) })),
            .init("weights", weights.json),
        ]
        if let task = checkpoint.task {
            members += [
                .init("task", .string(task.kind.rawValue)),
                .init("labels", .array(task.labelNames.map { .string($0) })),
            ]
        }
        members.append(.init("methods", .array(zip(methods, heads).map(json))))
        return .object(members)
    }

    private func json(_ settings: ExitSettings, _ heads: WeightFigures?) -> JSON {
        .object([
            .init("method", .string(settings.method)), .init("head", .string(settings.head)),
            .init("depths", .array(settings.depths.map { .number($0) })),
            .init("weights", heads?.json ?? .null), .init("policy", .string(settings.policy)),
            .init("operating_points", .object(settings.operatingPoints)),
            .init("temperatures", .array(settings.temperatures.map { .number($0) })),
            .init("training", settings.training), .init("results", settings.results),
        ])
    }
}

extension WeightFigures {
    fileprivate var json: JSON {
        [
            "parameters": .number(parameters), "bytes": .number(bytes),
            "types": .array(types.map { .string($0.rawValue) }),
        ]
    }
}
