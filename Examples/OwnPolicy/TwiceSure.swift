import Offramp

/// Leaves when two exits in a row are sure.
struct TwiceSure: ExitPolicy {
    let name = "twice-sure"

    func begin() -> Int { 0 }

    func decide(_ exit: ExitObservation, _ sureExits: inout Int) -> Bool {
        sureExits = exit.confidence >= 0.9 ? sureExits + 1 : 0
        return sureExits == 2
    }
}
