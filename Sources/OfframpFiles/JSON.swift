/// A JSON value; objects keep the order of their keys.
package enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number as it was written, so that 64-bit integers and doubles both survive.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    /// One key of an object with its value.
    package struct Member: Sendable, Equatable {
        /// The key, unescaped.
        package let key: String
        /// The value under the key.
        package var value: JSON

        /// Pairs a key with a value.
        package init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }
}

extension JSON {
    /// The value under a key; `nil` when there is none or this is not an object.
    package subscript(key: String) -> JSON? {
        members?.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The members of an object, in their order.
    package var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements of an array.
    package var elements: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text of a string.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number as an integer; `nil` when it has a fraction or does not fit.
    package var int: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }

    /// The number as a double; `nil` when it is too large for one.
    package var double: Double? {
        guard case .number(let text) = self, let value = Double(text) else { return nil }
        return value.isFinite ? value : nil
    }

    /// The truth value.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A number from an integer.
    package static func number(_ value: Int) -> JSON { .number(String(value)) }

    /// A number from a float, in the shortest form that reads back the same; null if it is not finite.
    package static func number(_ value: Float) -> JSON {
        value.isFinite ? .number(plain("\(value)")) : .null
    }

    /// A number from a double, in the shortest form that reads back the same; null if it is not finite.
    package static func number(_ value: Double) -> JSON {
        value.isFinite ? .number(plain("\(value)")) : .null
    }

    private static func plain(_ text: String) -> String {
        text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    /// An object with its members in the order written.
    package init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(members.map { Member($0.0, $0.1) })
    }
    /// An array.
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// A string.
    package init(stringLiteral text: String) { self = .string(text) }
    /// A number without a fraction.
    package init(integerLiteral value: Int) { self = .number(value) }
    /// A truth value.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}
