import COfframpKernels
import Glibc

/// Waiting for another thread without sleeping.
///
/// Waking a sleeping thread takes tens of microseconds, as long as many operations. Spinning covers
/// the usual pause between two operations and yields the processor every microsecond or so.
enum SpinWait {
    private static let checks = 4096
    private static let checksBetweenYields = 64

    /// Checks a condition until it holds or the time is up; returns whether it held.
    static func until(_ condition: () -> Bool) -> Bool {
        for check in 1...checks {
            if condition() { return true }
            if check % checksBetweenYields == 0 { sched_yield() } else { offramp_pause() }
        }
        return false
    }
}
