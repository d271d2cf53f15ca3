import OfframpExit
import OfframpFiles

/// Takes every exit's accuracy as its weight (BEEM, Bajpai and Hanawal 2025).
package struct BeemFitting: PolicyFitting {
    package let policy = PolicyKind.beem

    package init() {}

    package func fit(_ trace: Trace) throws -> JSON {
        .array(trace.judged(by: .accuracy).exitQualities.map { .number(Float($0)) })
    }
}
