import ArgumentParser

/// The precisions that a model can compute in.
enum Precision: String, CaseIterable, ExpressibleByArgument {
    case float32
}
