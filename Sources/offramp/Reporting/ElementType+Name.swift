import OfframpTensor

extension ElementType {
    /// As the command line calls it: `int8`, not the `I8` of files.
    var name: String { String(describing: self) }
}
