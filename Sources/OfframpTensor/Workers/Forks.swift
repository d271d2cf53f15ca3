import Glibc
import Synchronization

/// How often this process has come out of a fork. A child has the memory of its parent, but of its threads
/// only the one that forked.
enum Forks {
    private static let counted = Atomic(0)

    private static let isWatching: Bool =
        pthread_atfork(nil, nil, { counted.wrappingAdd(1, ordering: .relaxed) }) == 0

    /// A number that differs in a child from what it was in its parent.
    static var count: Int {
        _ = isWatching
        return counted.load(ordering: .relaxed)
    }
}
