import OfframpFiles

/// A value from a file as errors show it: in quotes, on one line, at most 40 characters.
package func quoted(_ text: String) -> String {
    let shown = text.prefix(40)
    return JSON.string(String(shown) + (shown.endIndex < text.endIndex ? "…" : "")).text()
}
