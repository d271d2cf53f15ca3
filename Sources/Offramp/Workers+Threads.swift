import OfframpFiles
import OfframpTensor

extension Workers {
    /// As many workers as a program asks for.
    ///
    /// - Parameter threads: `nil` for one per processor.
    /// - Throws: `OfframpError` (`usage`) for none.
    init(threads: Int?) throws {
        guard let threads else {
            self = .all
            return
        }
        guard threads > 0 else {
            throw OfframpError(
                .usage, at: "threads", found: "\(threads)", expected: "a number from 1")
        }
        self.init(count: threads)
    }
}
