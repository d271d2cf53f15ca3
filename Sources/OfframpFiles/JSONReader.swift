/// A value in a JSON file, with its place in the file for errors.
///
/// ```swift
/// let settings = try JSONReader(file: path)
/// let policy = try settings["policy"].string()
/// let length = try settings["length"].ifPresent?.int(in: 1...512) ?? 128
/// ```
///
/// A getter returns the value in its form or throws an `OfframpError` (`data`) such as
/// `settings.json: length: found "long", expected a whole number from 1 to 512`. A missing member is
/// a reader too, one whose getters throw.
package struct JSONReader: Sendable {
    /// The value; `nil` for a member that does not exist.
    package let json: JSON?
    private let location: Location

    /// Where a value stands; put into words only for errors.
    private indirect enum Location: Sendable {
        case root(String)
        case member(Location, String)
        case element(Location, Int)

        var text: String {
            switch self {
            case .root(let place): place
            case .member(let parent, let key): "\(parent.text): \(key)"
            case .element(let parent, let index): "\(parent.text)[\(index)]"
            }
        }
    }

    /// A value on its own.
    ///
    /// - Parameter place: what errors call it: the file, or a place inside it.
    package init(_ json: JSON?, at place: String) { self.init(json, .root(place)) }

    /// The value of a whole file.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file, `data` when it is not JSON.
    package init(file path: String) throws { self.init(try JSON(file: path), at: path) }

    private init(_ json: JSON?, _ location: Location) {
        (self.json, self.location) = (json, location)
    }

    /// The value's place: `file`, `file: key`, `file: key[2]: key`.
    package var place: String { location.text }

    /// The member under a key, without a value where this is not an object that has it.
    package subscript(key: String) -> JSONReader { JSONReader(json?[key], .member(location, key)) }

    /// This value, or `nil` where there is none: for members that have a default. A null is a value.
    package var ifPresent: JSONReader? { json == nil ? nil : self }

    /// This value, or `nil` where there is none or null: for members where null means the default.
    package var ifNotNull: JSONReader? { json == .null ? nil : ifPresent }
}

// MARK: - Getters

extension JSONReader {
    /// A string.
    package func string() throws -> String { try value("a text") { $0.string } }

    /// A truth value.
    package func bool() throws -> Bool { try value("true or false") { $0.bool } }

    /// A whole number, written without a fraction or an exponent.
    package func int(in range: ClosedRange<Int>) throws -> Int {
        try value("a whole number from \(range.lowerBound) to \(range.upperBound)") { json in
            json.int.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A number, rounded to a float before it is compared with the range.
    package func float(in range: Range<Float>) throws -> Float {
        try value("at least \(range.lowerBound) and below \(range.upperBound)") { json in
            json.double.map { Float($0) }.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// One of a few names.
    package func name(among names: [String]) throws -> String {
        try value("one of " + names.joined(separator: ", ")) { json in
            json.string.flatMap { names.contains($0) ? $0 : nil }
        }
    }

    /// The case of an enumeration that a string names.
    package func choice<Choice>(_: Choice.Type = Choice.self) throws -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        try value("one of " + Choice.allCases.map(\.rawValue).joined(separator: ", ")) {
            $0.string.flatMap(Choice.init)
        }
    }

    /// An array of whole numbers.
    ///
    /// - Parameters:
    ///   - expected: what the error asks for.
    ///   - isValid: whether the numbers will do.
    package func ints(
        _ expected: String, where isValid: ([Int]) -> Bool = { _ in true }
    ) throws -> [Int] {
        try value(expected) { json in
            json.list(\.int).flatMap { isValid($0) ? $0 : nil }
        }
    }

    /// An array of numbers that fit a float.
    ///
    /// - Parameter count: how many; `nil` for any number of them.
    package func floats(count: Int? = nil) throws -> [Float] {
        try value(count.map { "\($0) numbers" } ?? "numbers") { json in
            let numbers = json.list(\.double)?.map { Float($0) }
            return numbers.flatMap { numbers in
                numbers.count == count ?? numbers.count && numbers.allSatisfy(\.isFinite)
                    ? numbers : nil
            }
        }
    }

    /// The elements of an array.
    package func elements() throws -> [JSONReader] {
        try value("an array") { $0.elements }.enumerated().map { index, json in
            JSONReader(json, .element(location, index))
        }
    }

    /// The members of an object in their order.
    ///
    /// - Parameter expected: what the error asks for.
    package func members(
        _ expected: @autoclosure () -> String = "an object"
    ) throws -> [(key: String, value: JSONReader)] {
        try value(expected()) { $0.members }.map { member in
            (member.key, JSONReader(member.value, .member(location, member.key)))
        }
    }

    /// Refuses any other value than one.
    package func require(_ expected: JSON) throws {
        guard json != expected else { return }
        throw error(expected: expected.text())
    }

    /// Refuses anything but an object with no other keys than these.
    package func requireKeys(among keys: [String]) throws {
        var list: String { keys.joined(separator: ", ") }
        let other = try value("an object of \(list)") { $0.members }.first { member in
            !keys.contains { $0.utf8.elementsEqual(member.key.utf8) }
        }
        guard let other else { return }
        throw error(found: "the key \"\(other.key)\"", expected: "no other keys than \(list)")
    }

    /// What `read` makes of the value: what all getters are built on.
    ///
    /// - Parameter expected: what the error asks for where `read` gives `nil`.
    package func value<Value>(
        _ expected: @autoclosure () -> String, _ read: (JSON) throws -> Value?
    ) throws -> Value {
        guard let value = try json.flatMap(read) else { throw error(expected: expected()) }
        return value
    }
}

// MARK: - Errors

extension JSONReader {
    /// The error that shows what was found: the value, or that there is none.
    package func error(expected: String) -> OfframpError {
        error(found: json.map(Self.shown) ?? "nothing", expected: expected)
    }

    /// An error about the value, in other words.
    package func error(found: String, expected: String) -> OfframpError {
        OfframpError(.data, at: place, found: found, expected: expected)
    }

    /// Enough of a value to recognise it by.
    private static func shown(_ json: JSON) -> String {
        let text = json.text()
        let start = text.prefix(80)
        return start.endIndex < text.endIndex ? start + "…" : text
    }
}

extension JSON {
    /// The elements of an array that all have one form.
    fileprivate func list<Element>(_ form: (JSON) -> Element?) -> [Element]? {
        guard let elements else { return nil }
        let values = elements.compactMap(form)
        return values.count == elements.count ? values : nil
    }
}
