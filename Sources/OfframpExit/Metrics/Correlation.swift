/// How closely two series of numbers are related, -1 to 1.
package enum Correlation {
    /// Pearson's coefficient; `nil` when a series is constant or shorter than two.
    package static func pearson(_ left: [Double], _ right: [Double]) -> Double? {
        precondition(left.count == right.count, "two series of one length")
        guard left.count > 1 else { return nil }
        let (left, right) = (centred(left), centred(right))
        let spread = product(left, left).squareRoot() * product(right, right).squareRoot()
        return spread > 0 ? product(left, right) / spread : nil
    }

    /// Spearman's coefficient: Pearson's over the ranks, equal values sharing their mean rank.
    package static func spearman(_ left: [Double], _ right: [Double]) -> Double? {
        pearson(ranks(left), ranks(right))
    }

    private static func centred(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.map { $0 - mean }
    }

    private static func product(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = Array(repeating: 0.0, count: values.count)
        var start = 0
        while start < order.count {
            let value = values[order[start]]
            let end = order[start...].firstIndex { values[$0] != value } ?? order.count
            for index in order[start..<end] { ranks[index] = Double(start + end - 1) / 2 }
            start = end
        }
        return ranks
    }
}
