import Glibc

extension Double {
    /// The number with a fixed count of decimals.
    func text(decimals: Int) -> String {
        guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (magnitude * scale).rounded()
        guard scaled < 1e18 else { return "\(self)" }
        let digits = String(Int(scaled))
        let padded = String(repeating: "0", count: max(decimals + 1 - digits.count, 0)) + digits
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// A share as a percentage with one decimal.
    var percent: String { (self * 100).text(decimals: 1) }
}

extension Float {
    /// The number with a fixed count of decimals.
    func text(decimals: Int) -> String { Double(self).text(decimals: decimals) }
}

extension Int {
    /// The number with commas between thousands.
    var grouped: String {
        var digits = Substring(String(magnitude))
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits = digits.dropLast(3)
        }
        return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}
