import OfframpEngine
import OfframpFiles

extension Checkpoint {
    /// Whether the backbone was trained for a task: it may have learned the very texts that heads are to learn from.
    ///
    /// - Throws: `OfframpError` for settings that cannot be read.
    func isFineTuned() throws -> Bool {
        guard task != nil else { return false }
        return try methods.contains { try settings($0).training.isOfFineTuned }
    }
}

extension JSON {
    /// Whether the training described here ends with a backbone that has learned; also where it does not say so.
    fileprivate var isOfFineTuned: Bool {
        self["fine_tuned"]?.bool ?? !(self["frozen_backbone"]?.bool ?? false)
    }
}
