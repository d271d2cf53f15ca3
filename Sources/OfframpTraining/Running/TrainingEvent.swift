/// What a training run reports while it goes on.
package enum TrainingEvent: Sendable {
    /// A run goes on from a saved step of a stage, or from the start where nothing was saved.
    case resumed(step: Int?)
    /// A stage begins.
    case stage(name: String, epochs: Int, steps: Int)
    /// Some texts went through the frozen backbone.
    case features(done: Int, of: Int)
    /// A stage begins whose heads are solved for.
    case solving(name: String, exits: Int)
    /// The heads of so many exits are solved.
    case solved(Int, of: Int)
    /// The heads at some depths were better solved for on the final states than as they were trained.
    case refitted(depths: [Int])
    /// The quality of each exit on the validation set.
    case measured(depths: [Int], qualities: [Double])
    /// A step of the stage is done.
    case step(Int, of: Int, loss: Float, texts: Int)
    /// An epoch is done, with the quality of each exit on the validation set.
    case epoch(Int, of: Int, depths: [Int], qualities: [Double], isKept: Bool)
}
