/// The shortest text that reads back as the same number, whole numbers without a point.
func numberText(_ number: Float) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A phrase such as `entropy 0.213, leaves below 0.3`.
func reasonText(_ measure: String, _ value: Float, _ rule: String) -> String {
    "\(measure) \(measuredText(value)), leaves \(rule)"
}

/// A measured number with three decimals, or with all of them where it would look like a whole number that it is not.
func measuredText(_ value: Float) -> String {
    let rounded = (value * 1000).rounded() / 1000
    let isClose = rounded != value && rounded == rounded.rounded()
    return numberText(isClose || !value.isFinite ? value : rounded)
}
