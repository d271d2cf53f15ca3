import OfframpData
import OfframpExit

extension Classifier {
    /// What every exit says about labelled rows, beside the right answers.
    func trace(_ dataset: Dataset) throws -> Trace {
        engine.trace(try encode(dataset.texts), gold: dataset.targets.gold)
    }
}
