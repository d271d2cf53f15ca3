import COfframpKernels
import Glibc

/// How long a thread waits for another without sleeping.
///
/// Waking a thread takes the system tens of microseconds, as long as many an operation. So a thread
/// keeps looking for longer than the pauses between operations, but lets others have the processor
/// every microsecond or so.
enum Patience {
    private static let looks = 4096
    private static let looksBetweenYields = 64

    /// Whether the condition came true before patience ran out.
    static func lasts(until condition: () -> Bool) -> Bool {
        for look in 1...looks {
            if condition() { return true }
            if look % looksBetweenYields == 0 { sched_yield() } else { offramp_pause() }
        }
        return false
    }
}
