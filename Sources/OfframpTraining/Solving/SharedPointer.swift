/// Memory that several workers write to, each to a part of its own.
struct SharedPointer: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Float>

    init(_ pointer: UnsafeMutablePointer<Float>) { self.pointer = pointer }
}
