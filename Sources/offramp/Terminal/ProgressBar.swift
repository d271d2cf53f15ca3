import Synchronization

/// A line on the terminal that shows progress, speed and the time left; where standard error is no terminal, a line
/// a minute.
final class ProgressBar: Sendable {
    private struct State {
        var units = 0
        var share: Double?
        var note = ""
        var drawnAt: Double
        var isDrawn = false
    }

    private let unit: String
    private let isQuiet: Bool
    private let stopwatch = Stopwatch()
    private let state: Mutex<State>

    private static let width = 24
    private static let secondsBetween = Notes.isTerminal ? 0.1 : 60

    /// A bar that counts in a unit: `rows`, `texts`.
    init(unit: String, isQuiet: Bool) {
        (self.unit, self.isQuiet) = (unit, isQuiet)
        // A terminal shows the bar at once.
        state = Mutex(State(drawnAt: Notes.isTerminal ? -1 : 0))
    }

    /// Draws the progress.
    ///
    /// - Parameters:
    ///   - units: done so far.
    ///   - share: of the whole, 0 to 1; `nil` if unknown.
    ///   - note: shown behind it.
    func update(units: Int, share: Double?, note: String = "") {
        guard !isQuiet else { return }
        state.withLock { state in
            (state.units, state.share, state.note) = (units, share, note)
            let now = stopwatch.seconds
            guard now - state.drawnAt >= Self.secondsBetween else { return }
            state.drawnAt = now
            guard Notes.isTerminal else { return Notes.write(line(state, now)) }
            state.isDrawn = true
            Notes.put("\r\u{1B}[K" + line(state, now))
        }
    }

    /// Removes the line.
    func clear() {
        state.withLock { state in
            if state.isDrawn { Notes.put("\r\u{1B}[K") }
            state.isDrawn = false
        }
    }

    private func line(_ state: State, _ seconds: Double) -> String {
        let rate = Double(state.units) / max(seconds, 1e-9)
        var parts = ["\(state.units.grouped) \(unit)", "\(Int(rate).grouped)/s"]
        if let share = state.share, share > 0 {
            let bar = Notes.isTerminal ? "[\(Bar.text(share, width: Self.width))] " : ""
            parts.insert("\(bar)\(Int(share * 100)) %", at: 0)
            parts.append("\(Self.clock(seconds * (1 - share) / share)) left")
        }
        if !state.note.isEmpty { parts.append(state.note) }
        return parts.joined(separator: "  ")
    }

    /// Minutes and seconds, or hours and minutes.
    static func clock(_ seconds: Double) -> String {
        let seconds = Int(min(max(seconds, 0), 1e9))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        guard seconds >= 3600 else { return "\(seconds / 60):\(two(seconds % 60))" }
        return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
