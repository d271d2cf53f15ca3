import OfframpEngine
import OfframpExit
import OfframpTensor
import TestModels
import Testing

@testable import OfframpTraining

/// RomeBERT's projection in a step of training.
@Suite struct ProjectedGradientTests {
    /// The last exit's loss, and so many times the same in the place of the inner ones'.
    private struct Multiple: Objective {
        let factor: Float

        var separatesLast: Bool { true }

        func terms(_ exits: [HeadOutput], _ targets: Targets) -> [Tensor] {
            let loss = targets.loss(exits[exits.count - 1].logits)
            return [loss, factor * loss]
        }
    }

    /// The gradients of one batch, and whose they are.
    private static func gradients(
        _ objective: any Objective, projecting: Bool = true, _ workers: Workers
    ) throws -> (table: ParameterTable, gradients: Gradients) {
        let set = try TinyTask.set()
        let model = try SmallModel.model(.linear, depths: [1, 2], outputCount: 2)
        var stage = try Method.named("romebert").stages[0]
        stage.hasDropout = false
        #expect(stage.projectsLast)
        stage.projectsLast = projecting
        let table = ParameterTable(model, parts: stage.parts)
        let step = TrainingStep(
            source: .texts(set.texts, .plain, WordDeletion(probability: 0)), targets: set.targets,
            stage: stage,
            projected: table.layerWeights(layers: model.backbone.configuration.layerCount),
            workers: workers)
        let tracked = table.tracked(model, format: .float32, workers: workers)
        let texts = Array(set.texts.indices)
        return (table, step.run(texts, tracked, objective, seed: 1).gradients)
    }

    /// All matrices of the first of two layers.
    private static let projected = [
        ["attention.self.query", "attention.self.key", "attention.self.value"],
        ["attention.output.dense"], ["intermediate.dense"], ["output.dense"],
    ].map { maps in maps.map { "encoder.layer.0.\($0).weight" }.joined(separator: "+") }

    /// g is the gradient of the last exit's loss. The inner ones' is -g / 2 or g / 2: where they are opposed and g is
    /// projected nothing is left of it, and -g / 2 remains; elsewhere both add up.
    @Test(arguments: [1, 2])
    func `changes the weights of all layers but the last, and nothing where losses agree`(
        workers: Int
    ) throws {
        let workers = Workers(count: workers)
        let (table, alone) = try Self.gradients(FinalOnly(), projecting: false, workers)
        let opposed = try Self.gradients(Multiple(factor: -0.5), workers).gradients
        let agreeing = try Self.gradients(Multiple(factor: 0.5), workers).gradients
        #expect(Set(Self.projected).isSubset(of: table.entries.map(\.name)))
        for (leaf, entry) in table.entries.enumerated() {
            let count = entry.shape.count
            let own = alone.values(of: leaf, count: count)
            let largest = own.reduce(0) { max($0, abs($1)) }
            let isProjected = Self.projected.contains(entry.name)
            // The inner exit's head has no gradient.
            #expect(largest > 0 || entry.name.hasPrefix("exits.1."), "\(entry.name)")
            let left = own.map { isProjected ? -0.5 * $0 : 0.5 * $0 }
            let found = opposed.values(of: leaf, count: count)
            #expect(largestDifference(found, left) <= 1e-3 * largest, "\(entry.name)")
            let sum = agreeing.values(of: leaf, count: count)
            #expect(
                largestDifference(sum, own.map { 1.5 * $0 }) <= 1e-3 * largest, "\(entry.name)")
        }
    }

    /// AdamW's first step is one of the rate, against the signs of the gradient: of -g / 2 where g is projected, of
    /// g / 2 elsewhere. Next to 0 a sign may be that of rounding.
    @Test func `turns a run's first step round in these weights, and in no others`() throws {
        let set = try TinyTask.set()
        let model = try SmallModel.model(.linear, depths: [1, 2], outputCount: 2)
        var method = try Method.named("romebert")
        method.stages[0].objective = .testing(Multiple(factor: -0.5))
        method.stages[0].hasDropout = false
        method.stages[0].weightDecay = 0
        var settings = TinyTask.settings()
        settings.batchSize = set.count
        settings.learningRate = 1e-3
        settings.productFormat = .float32
        let ends = try [true, false].map { projects in
            method.stages[0].projectsLast = projects
            return try TinyTask.trainer(method, settings)
                .train(model, on: set, validation: set).model.values()
        }
        // Heads may be refitted in the end.
        for (name, start) in model.values() where !name.hasPrefix("exits.") {
            let steps: [[Float]] = ends.map { end in zip(end[name] ?? [], start).map(-) }
            let likeness = dot(steps[0], steps[1]) / dot(steps[1], steps[1])
            let expected: Float = Self.projected.contains(name) ? -1 : 1
            #expect(abs(likeness - expected) < 0.1, "\(name): \(likeness)")
        }
    }

    private func dot(_ first: [Float], _ second: [Float]) -> Float {
        zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The one that gives way comes first.
    @Test func `RomeBERT's objective has two terms, the last exit's loss and the inner ones'`()
        throws
    {
        let exits = [[1, 0], [0, 2]].map {
            HeadOutput(logits: Tensor($0, rows: 1, columns: 2))
        }
        let targets = Targets(.labels([0]))
        let losses = try Method.named("romebert").stages[0].objective.losses
        #expect(losses.count == 1)
        for objective in losses {
            let terms = objective.terms(exits, targets)
            #expect(objective.separatesLast && terms.count == 2)
            // ln(1 + e²)
            #expect(abs(terms[0].scalar - 2.126928) < 1e-5)
        }
    }
}
