import Synchronization

/// The threads that help whoever asks; they end with this object.
final class Crew: Sendable {
    private struct State {
        var helpers: [Helper] = []
        /// How many there may be: no more than the system was willing to give.
        var most: Int
    }

    private let state: Mutex<State>
    private let start: @Sendable () -> Helper?

    init(most: Int, start: @escaping @Sendable () -> Helper?) {
        state = Mutex(State(most: most))
        self.start = start
    }

    /// Threads that have nothing to do, `wanted` if possible; some may be started for it.
    func idle(_ wanted: Int) -> [Helper] {
        guard wanted > 0 else { return [] }
        return state.withLock { state in
            while state.helpers.count < min(wanted, state.most) {
                guard let helper = start() else {
                    state.most = state.helpers.count
                    break
                }
                state.helpers.append(helper)
            }
            // Asked once each: the answers change meanwhile, which a lazy filter would not survive.
            return Array(state.helpers.filter(\.isIdle).prefix(wanted))
        }
    }

    deinit {
        for helper in state.withLock({ $0.helpers }) { helper.dismiss() }
    }
}
