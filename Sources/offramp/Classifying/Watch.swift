import Offramp
import OfframpCalibration
import OfframpExit
import OfframpTensor

/// Has the full model answer a row now and then, and compares: do texts that leave early still get its answer?
struct Watch {
    /// An alarm.
    struct Drift {
        /// What was seen, in a line.
        let words: String
        /// A policy that is cautious enough for the last watched rows; `nil` unless asked for.
        let tightened: String?
    }

    private let every: Int
    private let allowed: Double
    private let tolerance: Float
    private let tightens: Bool
    private var test: DriftTest
    private var alarms = 0
    private var rows = 0
    private var next: Int
    private var watched = 0
    private var disagreements = 0
    private var recent: [Seen] = []
    private var random = RandomSource(seed: 1)

    private struct Seen {
        let input: TextInput
        let full: Classification
    }

    /// How often the calibrated share is worse than it was measured to be. With the test's own share of false
    /// alarms this makes one in twenty.
    static let calibrationErrors = 0.01
    private static let falseAlarms = 0.04
    /// So many rows are answered before an alarm can change the policy: enough to fill the cores.
    static let chunkRows = 512
    /// So many of the last watched rows say which policy is cautious enough.
    private static let recentCount = 200

    /// Watches one row in `every`, at a random place among them.
    ///
    /// - Parameters:
    ///   - allowed: the share of disagreements that is no drift, above 0.
    ///   - tolerance: what numbers may be off by and still be the same answer.
    ///   - tightens: whether an alarm names a more cautious policy.
    init(every: Int, allowed: Double, tolerance: Float, tightens: Bool) {
        (self.every, self.allowed) = (every, allowed)
        (self.tolerance, self.tightens) = (tolerance, tightens)
        test = DriftTest(allowed: allowed, falseAlarms: Self.falseAlarms)
        next = Int.random(in: 0..<every, using: &random)
    }

    /// How many rows were watched, and how many of them got the full model's answer.
    var summary: String {
        guard watched > 0 else { return "none watched" }
        let share = Double(watched - disagreements) / Double(watched)
        return "\(watched.grouped) watched: \(share.percent) % as the full model"
    }

    /// Compares the answers to those rows of a chunk whose turn it is.
    ///
    /// - Returns: the first alarm, if there is one.
    mutating func look(at answered: [AnsweredRow], by classifier: Classifier) throws -> Drift? {
        let chosen = turns(answered)
        let inputs = chosen.map { TextInput($0.row.text, pair: $0.row.pair) }
        let full = try classifier.with(policy: Full()).classify(inputs)
        var isDrift = false
        for (row, (input, full)) in zip(chosen, zip(inputs, full)) {
            let disagrees = !row.answer.agrees(with: full, tolerance: tolerance)
            watched += 1
            if disagrees { disagreements += 1 }
            if tightens {
                recent = recent.suffix(Self.recentCount - 1) + [Seen(input: input, full: full)]
            }
            if !isDrift, mayAlarm { isDrift = test.observe(disagreement: disagrees) }
        }
        return isDrift ? try alarm(classifier) : nil
    }

    /// Without a new policy one alarm says it all.
    private var mayAlarm: Bool { tightens || alarms == 0 }

    /// The rows of a chunk whose turn it is: one in `every`.
    private mutating func turns(_ answered: [AnsweredRow]) -> [AnsweredRow] {
        var chosen: [AnsweredRow] = []
        for row in answered {
            if rows == next {
                chosen.append(row)
                let block = rows / every + 1
                next = block * every + Int.random(in: 0..<every, using: &random)
            }
            rows += 1
        }
        return chosen
    }

    private mutating func alarm(_ classifier: Classifier) throws -> Drift {
        alarms += 1
        let share = Double(test.disagreements) / Double(test.texts)
        let seen =
            "drift: \(test.disagreements.grouped) of \(test.texts.grouped) watched rows, \(share.percent) %, "
            + "get another answer than the full model's; \(allowed.percent) % were to be expected at most"
        let policy = tightens ? try cautious(classifier).name : nil
        // All tests together give no more false alarms than one may.
        let errors = Self.falseAlarms / Double(1 << min(alarms, 30))
        test = DriftTest(allowed: allowed, falseAlarms: errors)
        let advice =
            policy.map { "from here on \($0)" } ?? "calibrate on such rows, or use --tighten"
        return Drift(words: "\(seen): \(advice)", tightened: policy)
    }

    /// The fastest policy of the same kind under which the last watched rows show, on average over their draw, no
    /// more disagreements than are allowed.
    private func cautious(_ classifier: Classifier) throws -> any ExitPolicy {
        let limit = RiskLimit(risk: allowed, confidence: nil)
        let policies = try PolicyKind.sweep(classifier.policy.name, for: classifier.model.context)
        for policy in policies.reversed() where policy.name != classifier.policy.name {
            let losses = try disagreements(of: classifier.with(policy: policy.name))
            if limit.isKept(by: losses) { return policy }
        }
        return Full()
    }

    private func disagreements(of classifier: Classifier) throws -> TextLosses {
        let answers = try classifier.classify(recent.map(\.input))
        return TextLosses(
            zip(answers, recent).map { $0.agrees(with: $1.full, tolerance: tolerance) ? 0 : 1 },
            areBinary: true)
    }
}
