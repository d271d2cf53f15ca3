import OfframpExit
import OfframpTraining
import Synchronization

/// Shows the progress of a training run.
final class TrainingProgress: Sendable {
    private struct State {
        var bar: ProgressBar
        var texts = 0
        var firstStep: Int?
        var loss: Float = 0
    }

    /// What epochs are judged by.
    private let metric: Metric
    private let isQuiet: Bool
    private let state: Mutex<State>

    /// The weight of one step in the running mean of the loss that is shown.
    private static let smoothing: Float = 0.05

    init(_ metric: Metric, isQuiet: Bool) {
        self.metric = metric
        self.isQuiet = isQuiet
        state = Mutex(State(bar: ProgressBar(unit: "texts", isQuiet: isQuiet)))
    }

    /// Shows one event.
    func show(_ event: TrainingEvent) {
        state.withLock { state in
            switch event {
            case .resumed(let step):
                say(
                    state,
                    step.map { "going on after step \($0.grouped) of the stage" }
                        ?? "no saved state to resume: starting from the beginning")
            case .stage(let name, let epochs, let steps):
                start(&state, "stage \(name): \(epochs) epochs, \(steps.grouped) steps")
            case .features(let done, let all):
                state.bar.update(
                    units: done, share: Double(done) / Double(all), note: "through the backbone")
            case .solving(let name, let exits):
                start(
                    &state, "stage \(name): solving for the heads of \(exits) exits", unit: "exits")
            case .solved(let exits, let all):
                state.bar.update(
                    units: exits, share: Double(exits) / Double(all), note: "solved")
            case .refitted(let depths):
                let text =
                    depths.isEmpty
                    ? "no depth" : "depth " + depths.map(String.init).joined(separator: ", ")
                say(state, "refitted heads are better at \(text)")
            case .measured(let depths, let qualities):
                say(state, "by depth: " + exits(depths, qualities))
            case .step(let step, let steps, let loss, let texts):
                showStep(step, of: steps, loss: loss, texts: texts, &state)
            case .epoch(let epoch, let epochs, let depths, let qualities, let isKept):
                say(
                    state,
                    "epoch \(epoch) of \(epochs), by depth: \(exits(depths, qualities))"
                        + (isKept ? "  (kept)" : ""))
            }
        }
    }

    private func exits(_ depths: [Int], _ qualities: [Double]) -> String {
        zip(depths, qualities).map { "\($0): \(metric.text($1))" }.joined(separator: "  ")
    }

    private func start(_ state: inout State, _ line: String, unit: String = "texts") {
        say(state, line)
        state = State(bar: ProgressBar(unit: unit, isQuiet: isQuiet))
    }

    private func showStep(
        _ step: Int, of steps: Int, loss: Float, texts: Int, _ state: inout State
    ) {
        if state.firstStep == nil {
            state.bar.clear()
            (state.bar, state.loss) = (ProgressBar(unit: "texts", isQuiet: isQuiet), loss)
        }
        let first = state.firstStep ?? step - 1
        state.firstStep = first
        state.texts += texts
        state.loss += Self.smoothing * (loss - state.loss)
        state.bar.update(
            units: state.texts, share: Double(step - first) / Double(max(steps - first, 1)),
            note: "loss \(state.loss.text(decimals: 4))")
    }

    private func say(_ state: State, _ line: String) {
        state.bar.clear()
        if !isQuiet { Notes.write(line) }
    }
}
