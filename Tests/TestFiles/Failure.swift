import OfframpFiles

/// The error of a body that must throw one of ours.
package func failure(_ body: () throws -> some Any) -> OfframpError? {
    do { _ = try body() } catch { return error as? OfframpError }
    return nil
}
