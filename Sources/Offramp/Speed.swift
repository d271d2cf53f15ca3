/// The name of an operating point: a policy that a checkpoint recommends for a budget of compute.
public struct Speed: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
    /// The name in the checkpoint.
    public let rawValue: String

    /// A name that the checkpoint has.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A name that the checkpoint has.
    public init(stringLiteral name: String) { self.init(rawValue: name) }

    /// Least compute.
    public static let fast: Speed = "fast"
    /// The default of the checkpoints that `offramp train` writes.
    public static let balanced: Speed = "balanced"
    /// Closest to the full model.
    public static let accurate: Speed = "accurate"
}
