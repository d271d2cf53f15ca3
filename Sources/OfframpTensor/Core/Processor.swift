import COfframpKernels

/// What this processor can do.
enum Processor {
    /// The instruction set that all products use.
    static let path = offramp_best_path()
}
