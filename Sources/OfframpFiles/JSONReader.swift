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
    private let parent: String
    private let step: Step

    /// The step from the parent to the value, put into words only for errors.
    private enum Step: Sendable {
        case none
        case member(String)
        case element(Int)
    }

    /// A value on its own.
    ///
    /// - Parameter place: what errors call it: the file, or a place inside it.
    package init(_ json: JSON?, at place: String) { self.init(json, place, .none) }

    /// The value of a whole file.
    ///
    /// - Throws: `OfframpError`: `noInput` without the file, `data` when it is not JSON.
    package init(file path: String) throws { self.init(try JSON(file: path), at: path) }

    private init(_ json: JSON?, _ parent: String, _ step: Step) {
        (self.json, self.parent, self.step) = (json, parent, step)
    }

    /// The value's place: `file`, `file: key`, `file: key[2]: key`.
    package var place: String {
        switch step {
        case .none: parent
        case .member(let key): "\(parent): \(key)"
        case .element(let index): "\(parent)[\(index)]"
        }
    }

    /// The member under a key, without a value where this is not an object that has it.
    package subscript(key: String) -> JSONReader { JSONReader(json?[key], place, .member(key)) }

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
        let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return try value("one of \(names)") { $0.string.flatMap(Choice.init) }
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

    /// An array of `count` numbers that fit a float.
    package func floats(count: Int) throws -> [Float] {
        try value("\(count) numbers") { json in
            let numbers = json.list(\.double)?.map { Float($0) }
            return numbers.flatMap { $0.count == count && $0.allSatisfy(\.isFinite) ? $0 : nil }
        }
    }

    /// The elements of an array.
    package func elements() throws -> [JSONReader] {
        let (elements, place) = (try value("an array") { $0.elements }, place)
        return elements.enumerated().map { JSONReader($1, place, .element($0)) }
    }

    /// The members of an object in their order.
    ///
    /// - Parameter expected: what the error asks for.
    package func members(
        _ expected: String = "an object"
    ) throws -> [(key: String, value: JSONReader)] {
        let (members, place) = (try value(expected) { $0.members }, place)
        return members.map { ($0.key, JSONReader($0.value, place, .member($0.key))) }
    }

    /// Refuses any other value than one.
    package func require(_ expected: JSON) throws {
        guard json != expected else { return }
        throw error(expected: expected.text())
    }

    /// Refuses anything but an object with no other keys than these.
    package func requireKeys(among keys: [String]) throws {
        let list = keys.joined(separator: ", ")
        let found = try members("an object of \(list)").map(\.key)
        let other = found.first { key in
            !keys.contains { $0.utf8.elementsEqual(key.utf8) }
        }
        guard let other else { return }
        throw error(found: "the key \"\(other)\"", expected: "no other keys than \(list)")
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
