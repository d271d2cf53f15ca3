import ArgumentParser
import OfframpTensor

/// How many threads share the work.
struct ThreadOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Worker threads (default: one for each processor).", valueName: "n"),
        transform: WholeNumber.atLeast(1))
    var threads: Int?

    /// The worker threads asked for.
    var workers: Workers { threads.map { Workers(count: $0) } ?? .all }
}
