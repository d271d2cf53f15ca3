import Offramp

/// Leaves when two exits in a row are sure.
struct TwiceSure: ExitPolicy {
    let name = "twice-sure"

    func begin() -> Int { 0 }

    func decide(_ exit: ExitObservation, _ sureExits: inout Int) -> ExitDecision {
        sureExits = exit.confidence >= 0.9 ? sureExits + 1 : 0
        return .leave(exit, if: sureExits == 2)
    }
}
