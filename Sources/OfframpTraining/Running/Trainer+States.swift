import OfframpEngine
import OfframpExit
import OfframpFiles

// What is learned from the states of a backbone that no longer changes.

extension Trainer {
    /// What the heads read of a backbone that stays as it is; `nil` where it is trained, or where the
    /// heads read all tokens.
    func features(
        _ model: EarlyExitModel, _ train: TrainingSet, _ validation: TrainingSet,
        _ observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws -> FrozenFeatures? {
        guard settings.freezesBackbone, model.heads.kind.pooling != .none else { return nil }
        let count = train.count + validation.count
        return try FrozenFeatures(
            engine(model), train: train, validation: validation, folder: scratchFolder
        ) { observer(.features(done: $0, of: count)) }
    }

    /// Solves for what is linear in heads that are not, as a start.
    func start(
        _ heads: inout HeadSet, _ features: FrozenFeatures, _ train: TrainingSet,
        _ observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws {
        guard heads.arePartlySolvable else { return }
        let exits = heads.count
        observer(.solving(name: "start", exits: exits))
        let solver = HeadSolver(
            store: features.train, targets: train.targets, seed: settings.seed, workers: workers)
        try solver.start(&heads) { observer(.solved($0, of: exits)) }
    }

    /// Puts the heads of a trained model at their optimum, where that helps.
    ///
    /// - Parameter kept: what they read, where the backbone stayed as it is.
    func refit(
        _ model: inout EarlyExitModel, _ kept: FrozenFeatures?, _ train: TrainingSet,
        _ validation: TrainingSet, _ observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws {
        let (count, exits) = (train.count + validation.count, model.heads.count)
        func final() throws -> FrozenFeatures {
            var stored = model
            stored.backbone = try model.backbone.rounded(to: storage)
            return try FrozenFeatures(
                engine(FeatureNoise.packed(stored, train.texts)), train: train,
                validation: validation, folder: scratchFolder
            ) { observer(.features(done: $0, of: count)) }
        }
        let features = try kept ?? final()
        observer(.solving(name: "refit", exits: exits))
        let refit = HeadRefit(
            features: features, train: train.targets, validation: validation.targets,
            metric: metric, workers: workers)
        let gained = try refit.refit(&model.heads) { observer(.solved($0, of: exits)) }
        let depths = zip(model.heads.depths, gained).filter(\.1).map(\.0)
        observer(.refitted(depths: depths))
    }
}
