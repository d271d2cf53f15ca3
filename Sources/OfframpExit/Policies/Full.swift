/// Never leaves early: the last exit answers.
package struct Full: ExitPolicy {
    /// Makes the policy.
    package init() {}

    package var name: String { "full" }

    package func reads(_ exit: ExitPlace) -> Bool { exit.isLast }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> ExitDecision { .goOn }
}
