/// A bar of signs, such as `#####.....`.
enum Bar {
    /// A bar that a share fills.
    ///
    /// - Parameters:
    ///   - share: 0 to 1; what is beyond is cut, and NaN fills nothing.
    ///   - width: in signs.
    static func text(_ share: Double, width: Int) -> String {
        let filled = share.isNaN ? 0 : Int((Double(width) * min(max(share, 0), 1)).rounded(.down))
        return String(repeating: "#", count: filled)
            + String(repeating: ".", count: width - filled)
    }
}
