import OfframpEngine
import OfframpExit

/// What the heads read of a backbone that stays as it is, of the texts to learn from and to choose
/// by.
struct FrozenFeatures: Sendable {
    let train: FeatureStore
    let validation: FeatureStore

    /// Runs all texts through the backbone once.
    ///
    /// - Parameters:
    ///   - folder: of the files that they are kept in.
    ///   - progress: called with the number of texts done so far, from any worker.
    /// - Throws: `OfframpError` (`io`) when there is no room for them.
    init(
        _ engine: Engine, train: TrainingSet, validation: TrainingSet, folder: String,
        progress: @escaping @Sendable (Int) -> Void
    ) throws {
        let done = Counter()
        func store(_ set: TrainingSet) throws -> FeatureStore {
            try FeatureStore(set.texts, model: engine.model, engine: engine, folder: folder) {
                progress(done.add($0))
            }
        }
        self.train = try store(train)
        self.validation = try store(validation)
    }
}

extension Engine {
    /// What every exit says about the texts of a store.
    func trace(_ store: FeatureStore, gold: Gold) -> Trace {
        let source = ExitSource.features(store)
        return trace(lengths: store.lengths, gold: gold) { texts in
            source.outputs(texts, model, .none, seed: 0)
        }
    }
}
