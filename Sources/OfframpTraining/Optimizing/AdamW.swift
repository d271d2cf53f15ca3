import OfframpEngine
import OfframpTensor

/// AdamW with decoupled weight decay (Loshchilov & Hutter 2019), gradients clipped by their norm.
///
/// Of an embedding table only the rows that a step has read are changed, as in PyTorch's
/// `SparseAdam`: moving all 30,522 rows every step would cost more than the layers.
struct AdamW: Sendable {
    /// Rates, decay and clipping of a stage.
    struct Settings: Sendable {
        var learningRate: Float
        var headFactor: Float
        var weightDecay: Float
        /// The norm that the gradient of all parameters together is clipped to.
        var largestNorm: Float
    }

    let table: ParameterTable
    let settings: Settings
    private let workers: Workers
    /// By the table's entries.
    private(set) var moments: [Moments]
    /// Updates so far.
    private(set) var step = 0

    init(_ table: ParameterTable, settings: Settings, workers: Workers) {
        self.table = table
        self.settings = settings
        self.workers = workers
        moments = table.entries.map { Moments(shape: $0.shape) }
    }

    /// Continues with moments that were saved after so many steps.
    mutating func restore(_ moments: [Moments], step: Int) {
        precondition(moments.count == table.entries.count)
        self.moments = moments
        self.step = step
    }

    /// Changes the model against the gradients.
    ///
    /// - Parameters:
    ///   - gradients: of the whole batch.
    ///   - rateFactor: of the schedule at this step.
    mutating func update(
        _ model: inout EarlyExitModel, _ gradients: Gradients, rateFactor: Float
    ) {
        step += 1
        let gradients = workers.map(table.entries.count) { LeafGradient(gradients, leaf: $0) }
        let norm = Float(gradients.reduce(0) { $0 + $1.sumOfSquares }.squareRoot())
        let clip = norm > settings.largestNorm ? settings.largestNorm / norm : 1
        var places = table.takePlaces(of: &model, moments: &moments)
        let (entries, step) = (table.entries, step)
        let settings = settings
        let pointers = places.indices.map { places[$0].pointers() }
        _ = workers.map(pointers.count) { index in
            let entry = entries[index]
            let update = AdamStep(
                rate: settings.learningRate * rateFactor * (entry.isHead ? settings.headFactor : 1),
                decay: entry.decays ? settings.weightDecay : 0, clip: clip, step: step)
            update.apply(gradients[index].content, to: pointers[index], width: entry.shape.columns)
        }
        table.putBack(places, into: &model, moments: &moments)
    }
}
