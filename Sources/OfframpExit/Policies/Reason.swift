/// A phrase such as `entropy 0.213, leaves below 0.3`, the measured number with three decimals.
func reasonText(_ measure: String, _ value: Float, _ rule: String) -> String {
    let rounded = value.isFinite ? (value * 1000).rounded() / 1000 : value
    return "\(measure) \(rounded), leaves \(rule)"
}
