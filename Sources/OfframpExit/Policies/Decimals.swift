/// The shortest text that reads back as the same number, whole numbers without a point.
func numberText(_ number: Float) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A phrase such as `entropy 0.213, leaves below 0.3`, the measured number with three decimals.
func reasonText(_ measure: String, _ value: Float, _ rule: String) -> String {
    let rounded = value.isFinite ? (value * 1000).rounded() / 1000 : value
    return "\(measure) \(numberText(rounded)), leaves \(rule)"
}
