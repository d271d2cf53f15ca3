import Offramp

extension ClassifierCascade {
    /// Whether texts may be handed on.
    var hasSeveral: Bool { classifiers.count > 1 }

    /// The last classifier, which answers whatever it gets.
    var largest: Classifier { classifiers[classifiers.count - 1] }

    /// The folders of the checkpoints, as they were given.
    var folders: [String] { classifiers.map(\.model.checkpoint.folder.path) }
}
