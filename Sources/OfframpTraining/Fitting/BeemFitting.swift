import OfframpExit
import OfframpFiles

/// Takes every exit's share of right answers as its weight (BEEM, Bajpai and Hanawal 2025).
package struct BeemFitting: PolicyFitting {
    package let policy = PolicyKind.beem

    package init() {}

    package func fit(_ trace: Trace) throws -> JSON {
        let exactness = trace.task.rules.exactness ?? trace.metric
        return .array(trace.judged(by: exactness).exitQualities.map { .number(Float($0)) })
    }
}
