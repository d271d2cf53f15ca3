import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor

/// A checkpoint and the parts that it is split into.
struct Splitting {
    let source: Checkpoint
    let parts: [ModelPart]
    /// How weights are stored; `nil` as they are.
    let storage: ElementType?

    /// Writes a folder for each part.
    ///
    /// - Returns: the methods whose measured results were left out.
    func write(into folder: String) throws -> [String] {
        let unmeasured = try parts.flatMap { part in
            try CheckpointWriter("\(folder)/\(part.name)", overwriting: false)
                .write(part, of: source, as: storage)
        }
        return Set(unmeasured).sorted()
    }

    /// What to know of methods without an exit in some part.
    func notes() throws -> [String] {
        try source.methods.flatMap { method in
            let depths = try source.settings(method).depths
            return parts.compactMap { part in
                part.exitDepths(among: depths).isEmpty ? note(method, part, depths) : nil
            }
        }
    }

    private func note(_ method: String, _ part: ModelPart, _ depths: [Int]) -> String {
        let isDone = depths[depths.count - 1] <= part.depths.lowerBound
        return "\(part.name) has no exit of \(method): "
            + (isDone ? "it never gets a text" : "it hands all texts on")
    }
}

extension Splitting {
    /// The figures for people and programs.
    ///
    /// - Parameter written: the folder with the parts.
    func report(input: String, output: String, written: String) throws -> Report {
        let before = WeightFigures(source.weights.tensors, bytes: source.folder.bytes)
        let rows = try parts.map { part in
            try figures(part, Checkpoint(part: "\(written)/\(part.name)"))
        }
        var report = Report()
        report.add([
            .json("input", .string(input)), .json("output", .string(output)),
            .json("store", storage.map { .string($0.name) } ?? .null),
            .json("before", before.figures),
        ])
        report.add("parts", rows: rows)
        return report
    }

    private func figures(_ part: ModelPart, _ written: Checkpoint) throws -> [Figure] {
        let weights = WeightFigures(written.weights.tensors, bytes: written.folder.bytes)
        let exits = try written.methods.map { method in
            (method, part.exitDepths(among: try source.settings(method).depths))
        }
        return [
            Figure("part", .name(part.name)),
            .json("depths", [.number(part.depths.lowerBound), .number(part.depths.upperBound)]),
            .text("depths", "\(part.depths.lowerBound) to \(part.depths.upperBound)"),
            .json("exits", .object(exits.map { .init($0, .array($1.map { .number($0) })) })),
            .text("exits at depths", Self.depths(exits.flatMap(\.1))),
            .json("weights", weights.figures), .text("stored as", weights.typeNames),
            .text("size", Value(text: weights.size, json: .null)),
        ]
    }

    /// The depths of all methods' exits.
    private static func depths(_ depths: [Int]) -> String {
        Set(depths).sorted().map { "\($0)" }.joined(separator: " ")
    }
}
