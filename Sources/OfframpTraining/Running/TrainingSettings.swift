import OfframpExit
import OfframpFiles
import OfframpTensor

/// The choices of a training run besides its method.
package struct TrainingSettings: Sendable, Equatable {
    /// Texts per step.
    package var batchSize = 32
    /// The seed of fresh heads, the order of the texts, dropout and word deletion.
    package var seed: UInt64 = 42
    /// The share of a stage's steps over which the learning rate rises.
    package var warmupShare = 0.06
    /// The norm that gradients are clipped to.
    package var largestNorm: Float = 1
    /// How many trainings with different seeds are averaged in the end ("model soups", Wortsman et al.
    /// 2022).
    package var runs = 1
    /// Whether the backbone stays as it is.
    package var freezesBackbone = false
    /// Passes over the training set, of every stage; `nil` for the method's own.
    package var epochs: Int?
    /// The highest learning rate, of every stage; `nil` for the method's own.
    package var learningRate: Float?
    /// How much the answers to one text, seen twice, are trained to agree (R-Drop, Liang et al. 2021);
    /// 0 for one pass. Only where the backbone is trained: without dropout both passes are the same.
    package var consistency: Float = 0
    /// The format that the backbone's products multiply; weights and sums always are floats.
    package var productFormat = ProductFormat.fastest
    /// The name of the metric that epochs, precision and policies are chosen by; `nil` for the task's
    /// first.
    package var metric: String?
    /// How much the rows of each label count in the loss.
    package var classWeights = ClassWeights.equal
    /// How much is learned from teachers, where there are any.
    package var distillation = DistillationSettings()
    /// Steps between two saved states; another one is saved after each epoch.
    package var stepsBetweenSaves = 1000

    /// The usual settings.
    package init() {}

    /// What a checkpoint says about how it was trained.
    ///
    /// - Parameter isFineTuned: whether the backbone has learned a task, in this run or before it.
    func json(
        of method: Method, _ heads: HeadSet, metric: Metric,
        texts: (labelled: Int, unlabelled: Int), heldOut: Double, teachers: Int, isFineTuned: Bool
    ) -> JSON {
        let answered = texts.labelled + (teachers > 0 ? texts.unlabelled : 0)
        let stages = stages(of: method, heads.kind, texts: answered).map { stage -> JSON in
            if freezesBackbone || stage.keepingConfidence != nil, stage.isSolved(heads) {
                return [
                    "name": .string(stage.name), "objective": .string(stage.objective.name),
                    "solved": .bool(true),
                ]
            }
            return [
                "name": .string(stage.name), "objective": .string(stage.objective.name),
                "epochs": .number(stage.epochs),
                "learning_rate": .number(stage.learningRate),
                "head_factor": .number(stage.headFactor),
                "weight_decay": .number(stage.weightDecay),
            ]
        }
        return [
            "texts": .number(texts.labelled), "unlabelled_texts": .number(texts.unlabelled),
            "held_out": .number(heldOut),
            "batch_size": .number(batchSize), "seed": .number(String(seed)),
            "runs": .number(runs), "warmup_share": .number(warmupShare),
            "metric": .string(metric.name), "policy": .string(method.policy),
            "frozen_backbone": .bool(freezesBackbone), "fine_tuned": .bool(isFineTuned),
            "factors": .string(productFormat.rawValue),
            "consistency": .number(consistency), "class_weights": .string(classWeights.text),
            "teachers": .number(teachers), "teachers_share": .number(distillation.share),
            "stages": .array(stages),
        ]
    }

    /// All choices in words, to tell one run from another.
    var choices: [(name: String, value: String)] {
        func text(_ value: (some Any)?) -> String { value.map { "\($0)" } ?? "the method's" }
        return [
            ("batch size", "\(batchSize)"), ("seed", "\(seed)"),
            ("warm-up share", "\(warmupShare)"), ("largest norm", "\(largestNorm)"),
            ("runs", "\(runs)"), ("frozen backbone", "\(freezesBackbone)"),
            ("epochs", text(epochs)), ("learning rate", text(learningRate)),
            ("metric", metric ?? "the task's"),
            ("class weights", classWeights.text),
            ("consistency", "\(consistency)"), ("factors", productFormat.rawValue),
            ("teachers' share", "\(distillation.share)"),
            ("teachers' temperature", "\(distillation.temperature)"),
            ("steps between saves", "\(stepsBetweenSaves)"),
        ]
    }

    /// The stages of a method under these settings, for so many texts.
    func stages(of method: Method, _ heads: HeadKind, texts: Int) -> [Stage] {
        let stepsPerEpoch = (texts + batchSize - 1) / batchSize
        let stages =
            freezesBackbone
            ? method.frozenStages(heads) : method.stages.map { $0.joint(heads) }
        return stages.map { stage in
            var stage = stage.adapted(stepsPerEpoch: stepsPerEpoch)
            stage.epochs = epochs ?? stage.epochs
            stage.learningRate = learningRate ?? stage.learningRate
            stage.consistency = Consistency(weight: stage.hasFrozenBackbone ? 0 : consistency)
            return stage
        }
    }
}
