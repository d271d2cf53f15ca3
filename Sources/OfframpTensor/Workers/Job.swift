import Synchronization

/// Numbered pieces of work that a caller and the threads of a pool share.
///
/// Unchecked `Sendable`: threads call `work` concurrently, but for different pieces, which must be
/// independent of each other.
package final class Job: @unchecked Sendable {
    private let pieces: Int
    private let work: (Int) -> Void
    /// The next free piece. Piece 0 is always the caller's, so that the same rows stay in the same
    /// processor's cache from one operation to the next.
    private let next = Atomic(1)
    /// Twice the number of unfinished pieces, plus 1 while the caller sleeps.
    private let unfinished: Atomic<Int>
    private let done = Semaphore()

    /// A job of at least one piece.
    package init(_ pieces: Int, _ work: @escaping (Int) -> Void) {
        precondition(pieces > 0, "nothing to do")
        self.pieces = pieces
        self.work = work
        unfinished = Atomic(2 * pieces)
    }

    /// Does piece 0 and every other piece that is still free.
    package func runOnCaller() {
        work(0)
        markDone(1 + takePieces())
    }

    /// Does free pieces until there are none.
    ///
    /// - Parameter willReport: called before the caller learns that these pieces are done, because it
    ///   may offer this thread another job right after.
    package func runOnPoolThread(willReport: () -> Void) {
        let count = takePieces()
        willReport()
        markDone(count)
    }

    /// Blocks the caller until all pieces are done.
    package func wait() {
        let isDone = SpinWait.until { unfinished.load(ordering: .acquiring) == 0 }
        if isDone || unfinished.bitwiseOr(1, ordering: .acquiringAndReleasing).oldValue == 0 {
            return
        }
        done.wait()
    }

    /// Returns how many pieces this thread has done.
    private func takePieces() -> Int {
        var count = 0
        while true {
            let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard piece < pieces else { return count }
            work(piece)
            count += 1
        }
    }

    private func markDone(_ count: Int) {
        guard count > 0 else { return }
        let left = unfinished.wrappingSubtract(2 * count, ordering: .acquiringAndReleasing).newValue
        if left == 1 { done.signal() }
    }
}
