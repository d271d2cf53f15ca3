import Synchronization

/// Pieces of work, numbered from 0, that several threads take until none is left.
///
/// Unchecked `Sendable`: threads run `work` at the same time, but on different pieces, which
/// `Workers` asks to be independent of each other.
package final class Job: @unchecked Sendable {
    private let pieces: Int
    private let work: (Int) -> Void
    /// The next piece that nobody has taken. The first one is the leader's, so that from operation to
    /// operation the same rows meet the same processor's cache.
    private let next = Atomic(1)
    /// Twice the number of pieces that are not done, and 1 more when the leader sleeps.
    private let open: Atomic<Int>
    private let done = Semaphore()

    package init(_ pieces: Int, _ work: @escaping (Int) -> Void) {
        precondition(pieces > 0, "nothing to do")
        self.pieces = pieces
        self.work = work
        open = Atomic(2 * pieces)
    }

    /// Does the first piece and those that nobody else takes; for the leader.
    package func lead() {
        work(0)
        report(1 + takePieces())
    }

    /// Does pieces until there are none that nobody has taken.
    ///
    /// - Parameter ready: called when they are done and before the leader hears of it, who may have
    ///   another job a moment later.
    package func help(ready: () -> Void) {
        let count = takePieces()
        ready()
        report(count)
    }

    /// Returns when all pieces are done; for the leader.
    package func wait() {
        let isDone = Patience.lasts { open.load(ordering: .acquiring) == 0 }
        if isDone || open.bitwiseOr(1, ordering: .acquiringAndReleasing).oldValue == 0 { return }
        done.wait()
    }

    private func takePieces() -> Int {
        var count = 0
        while true {
            let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard piece < pieces else { return count }
            work(piece)
            count += 1
        }
    }

    private func report(_ count: Int) {
        guard count > 0 else { return }
        let left = open.wrappingSubtract(2 * count, ordering: .acquiringAndReleasing).newValue
        if left == 1 { done.signal() }
    }
}
