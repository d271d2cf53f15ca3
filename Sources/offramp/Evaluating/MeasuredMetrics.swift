import OfframpEngine
import OfframpExit

extension LoadedModel {
    /// Each metric of the model's task over some answers, the one that it was trained for first.
    func measured(
        _ predictions: [Prediction], _ gold: Gold
    ) -> [(metric: Metric, value: Double)] {
        metrics.map { ($0, $0(predictions, gold) ?? .nan) }
    }
}
