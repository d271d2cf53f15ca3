/// Never leaves early: the last exit answers.
package struct Full: ExitPolicy {
    /// Makes the policy.
    package init() {}

    package var name: String { "full" }

    package func reads(_ exit: ExitPlace, _ memory: Void) -> Bool { exit.isLast }

    package func decide(_ exit: ExitObservation, _ memory: inout Void) -> Bool { false }
}

extension PolicyKind {
    package static let full = PolicyKind(
        name: "full", syntax: "full", summary: "never: the last exit answers",
        tasks: Set(TaskKind.allCases), sweep: { _ in [""] },
        build: {
            try $0.noNumbers()
            return Full()
        })
}
