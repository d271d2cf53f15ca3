import OfframpEngine
import OfframpExit
import OfframpFiles

extension Inspection {
    /// All of it for people and programs.
    var report: Report {
        var report = Report()
        report.add(
            [Figure("checkpoint", .name(checkpoint.folder.path))] + part + [.json("shape", shape)]
                + shape.map { .text($0.title ?? "", $0.value) }
                + [.json("weights", weights.figures)] + storage + task)
        report.add("methods", rows: zip(methods, heads).map(figures))
        report.add(rows: methods.flatMap(operatingPoints))
        report.add(rows: methods.flatMap(cascades))
        report.add(rows: methods.flatMap(results))
        return report
    }

    /// Nothing for a whole checkpoint.
    private var part: [Figure] {
        guard let part = checkpoint.part else { return [] }
        let ends = [part.depths.lowerBound, part.depths.upperBound]
        return [
            .text("part", "\(part.number) of \(part.count), from depth \(ends[0]) to \(ends[1])"),
            .json(
                "part",
                [
                    "number": .number(part.number), "count": .number(part.count),
                    "depths": .array(ends.map { .number($0) }),
                    "backbone": .string(part.backbone),
                ]),
        ]
    }

    private var shape: [Figure] {
        let configuration = checkpoint.configuration
        return [
            Figure("layers", .count(configuration.layerCount)),
            Figure("width", .count(configuration.width)),
            Figure("attention_heads", .count(configuration.headCount)),
            Figure(
                "feed_forward_width", title: "feed-forward width",
                .count(configuration.feedForwardWidth)),
            Figure("vocabulary", .count(configuration.vocabularySize)),
            Figure("longest_text", .count(configuration.positionCount)),
        ]
    }

    private var storage: [Figure] {
        [
            .text("parameters", .count(weights.parameters)),
            .text("stored as", "\(weights.typeNames), \(weights.size)"),
        ]
    }

    private var task: [Figure] {
        guard let task = checkpoint.task else {
            return [.text("task", "none: a backbone without labels")]
        }
        let names = task.labelNames
        let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
        return [
            Figure(
                "task",
                Value(
                    text: task.rules.hasLabels
                        ? "\(task.kind == .multiLabel ? "any of " : "")\(names.count) labels: \(shown)"
                        : task.kind.rawValue,
                    json: .string(task.kind.rawValue))),
            .json("labels", .array(names.map { .string($0) })),
        ]
    }

    private func figures(_ settings: ExitSettings, _ heads: WeightFigures?) -> [Figure] {
        let depths = checkpoint.part?.exitDepths(among: settings.depths) ?? settings.depths
        return [
            Figure("method", .name(settings.method)),
            Figure("head", title: "heads", .name(settings.head)),
            Figure(
                "depths", title: "exits at depths",
                Value(
                    text: depths.map { "\($0)" }.joined(separator: " "),
                    json: .array(depths.map { .number($0) }), alignment: .left)),
            .json("weights", heads?.figures.json ?? .null),
            .text("parameters", heads.map { .count($0.parameters) } ?? .blank),
            .text("stored as", heads?.typeNames ?? ""),
            Figure("policy", .name(settings.policy)),
            .json("operating_points", .object(settings.operatingPoints)),
            .json("promises", settings.promises), .json("cascades", settings.cascades),
            .json("temperatures", .array(settings.temperatures.map { .number($0) })),
            .json("training", settings.training), .json("results", settings.results),
        ]
    }

    private func operatingPoints(_ settings: ExitSettings) -> [[Figure]] {
        settings.operatingPoints.map { point in
            let promise = settings.promises[point.key]
            return [
                .text("method", settings.method), .text("speed", point.key),
                .text("policy", point.value.string ?? ""),
                .text("promise", promise?["promise"]?.string ?? ""),
                .text("rows", promise?["rows"]?.int.map { .count($0) } ?? .blank),
                .text(
                    "compute", promise?["relative_compute"]?.double.map { .share($0) } ?? .blank),
            ]
        }
    }

    private func cascades(_ settings: ExitSettings) -> [[Figure]] {
        (settings.cascades.members ?? []).map { cascade in
            func figure(_ key: String) -> Double { cascade.value[key]?.double ?? .nan }
            return [
                .text("method", settings.method), .text("cascade", cascade.key),
                .text("threshold", .number(figure("threshold"), decimals: 4)),
                .text("handed on", .share(figure("handed_on"))),
                .text("compute", .share(figure("relative_compute"))),
            ]
        }
    }

    private func results(_ settings: ExitSettings) -> [[Figure]] {
        (settings.results.members ?? []).flatMap { rows in
            let exits = rows.value["exits"]?.elements ?? []
            let points = rows.value["operating_points"]?.elements ?? []
            return (exits + points).map { measured in
                let name = measured["name"]?.string ?? measured["depth"]?.int.map { "\($0)" } ?? ""
                let exit = Value(text: name, json: .null)
                return [
                    .text("method", settings.method), .text("measured on", rows.key),
                    .text("exit or speed", exit),
                ] + .measured(measured, qualityTitle: "quality")
            }
        }
    }
}
