import COfframp
import Glibc
import Offramp
import OfframpFiles

/// What crosses to the caller: errors as values, and texts that it frees.
enum Boundary {
    /// Runs a call, and makes a value of what it throws.
    static func run(_ body: () throws -> Void) -> UnsafeMutablePointer<offramp_error>? {
        CallGate.enter()
        defer { CallGate.leave() }
        do {
            try body()
            return nil
        } catch let error as OfframpError {
            return copy(error)
        } catch {
            preconditionFailure("every library throws OfframpError")
        }
    }

    /// Runs a call that cannot fail.
    static func call<Result>(_ body: () -> Result) -> Result {
        CallGate.enter()
        defer { CallGate.leave() }
        return body()
    }

    /// A text that the caller frees.
    static func copy(_ text: String) -> UnsafeMutablePointer<CChar>? { strdup(text) }

    private static func copy(_ error: OfframpError) -> UnsafeMutablePointer<offramp_error> {
        let copied = UnsafeMutablePointer<offramp_error>.allocate(capacity: 1)
        copied.initialize(
            to: offramp_error(
                code: error.kind.rawValue, place: copy(error.place), found: copy(error.found),
                expected: copy(error.expected)))
        return copied
    }

    static func free(_ text: UnsafeMutablePointer<CChar>?) { Glibc.free(text) }

    static func free(_ error: UnsafeMutablePointer<offramp_error>) {
        for text in [error.pointee.place, error.pointee.found, error.pointee.expected] {
            free(UnsafeMutablePointer(mutating: text))
        }
        error.deallocate()
    }
}
