import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTokenizer

// What is learned from the states of a backbone that no longer changes.

extension Trainer {
    /// What the heads read of a backbone that stays as it is; `nil` where it is trained, or where the states of all
    /// tokens would fill a disk.
    func features(
        _ model: EarlyExitModel, _ train: TrainingSet, _ validation: TrainingSet,
        _ observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws -> FrozenFeatures? {
        guard settings.freezesBackbone else { return nil }
        let isPacked = model.heads.kind.pooling != .none
        return try kept(train, validation, of: model, observer) {
            isPacked ? model : FeatureNoise.packed(model, train.texts, workers)
        }
    }

    /// What heads read of texts; `nil` where the states of all tokens would fill a disk, or there is no room for them.
    ///
    /// - Parameter source: the model whose states are kept.
    private func kept(
        _ train: TrainingSet, _ validation: TrainingSet, of model: EarlyExitModel,
        _ observer: @escaping @Sendable (TrainingEvent) -> Void, source: () throws -> EarlyExitModel
    ) throws -> FrozenFeatures? {
        let isLarge = model.heads.kind.pooling == .none
        guard
            !isLarge || tokenNumbers(model, train.texts + validation.texts) <= mostKeptNumbers
        else { return nil }
        let count = train.count + validation.count
        do {
            return try FrozenFeatures(
                engine(source()), train: train, validation: validation, folder: scratchFolder
            ) { observer(.features(done: $0, of: count)) }
        } catch let error as OfframpError where error.kind == .io && isLarge {
            return nil
        }
    }

    /// How many numbers the states of all tokens at all exits are.
    private func tokenNumbers(_ model: EarlyExitModel, _ texts: [Encoding]) -> Int {
        let tokens = texts.reduce(0) { $0 + $1.ids.count }
        return tokens * model.heads.count * model.backbone.configuration.width
    }

    /// Solves for what is linear in heads that are not, as a start.
    func start(
        _ heads: inout HeadSet, _ features: FrozenFeatures, _ train: TrainingSet,
        _ observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws {
        let exits = heads.count
        observer(.solving(name: "start", exits: exits))
        let solver = HeadSolver(
            store: features.train, targets: train.targets, seed: settings.seed, workers: workers)
        try solver.start(&heads) { observer(.solved($0, of: exits)) }
    }

    /// Puts the heads of a trained model at their optimum, where that helps, and there is room for what they read.
    ///
    /// - Parameter frozen: what they read, where the backbone stayed as it is.
    func refit(
        _ model: inout EarlyExitModel, _ frozen: FrozenFeatures?, _ train: TrainingSet,
        _ validation: TrainingSet, _ observer: @escaping @Sendable (TrainingEvent) -> Void
    ) throws {
        let (trained, exits) = (model, model.heads.count)
        func final() throws -> FrozenFeatures? {
            try kept(train, validation, of: trained, observer) {
                var stored = trained
                stored.backbone = try trained.backbone.rounded(to: storage)
                return FeatureNoise.packed(stored, train.texts, workers)
            }
        }
        guard let features = try frozen ?? final() else { return }
        observer(.solving(name: "refit", exits: exits))
        let refit = HeadRefit(
            features: features, train: train.targets, validation: validation.targets,
            metric: metric, workers: workers)
        let gained = try refit.refit(&model.heads) { observer(.solved($0, of: exits)) }
        let depths = zip(model.heads.depths, gained).filter(\.1).map(\.0)
        observer(.refitted(depths: depths))
    }
}
