/// A piece of HTML or SVG. Texts and the values of attributes are escaped.
struct Markup {
    /// As the file has it.
    let source: String

    private init(source: String) { self.source = source }

    /// Words; control characters, which neither format allows, become U+FFFD.
    static func text(_ text: String) -> Markup { Markup(source: text.escaped) }

    /// An element with content, if any, between its two tags.
    static func element(
        _ name: String, _ attributes: Attributes, _ content: [Markup]
    ) -> Markup {
        let inner = content.map(\.source).joined()
        return Markup(source: "<\(name)\(attributes.source)>\(inner)</\(name)>\n")
    }

    /// An element without attributes.
    static func element(_ name: String, _ content: [Markup]) -> Markup {
        .element(name, [:], content)
    }

    /// An element with words in it.
    static func element(
        _ name: String, _ attributes: Attributes = [:], words: String
    ) -> Markup {
        .element(name, attributes, [.text(words)])
    }

    /// An element that holds nothing, such as a line.
    static func empty(_ name: String, _ attributes: Attributes) -> Markup {
        Markup(source: "<\(name)\(attributes.source)/>\n")
    }

    /// A style sheet, which is not escaped.
    static func style(_ rules: String) -> Markup {
        Markup(source: "<style>\n\(rules)\n</style>\n")
    }

    /// The attributes of an element, in their order; those without a value are left out.
    struct Attributes: ExpressibleByDictionaryLiteral {
        fileprivate let source: String

        init(dictionaryLiteral attributes: (String, String?)...) {
            source = attributes.map { name, value in
                value.map { " \(name)=\"\($0.escaped)\"" } ?? ""
            }.joined()
        }
    }
}

extension String {
    /// The text with the characters that mean something in HTML and XML written as references.
    fileprivate var escaped: String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case "\0"..." ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}":
                result += scalar == " " ? " " : "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
