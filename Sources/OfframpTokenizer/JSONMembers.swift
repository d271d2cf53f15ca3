import OfframpFiles

/// A JSON object whose members are checked as they are read; errors name the member.
struct JSONMembers {
    let place: String
    private let object: JSON

    /// Takes the object of a file, or one inside it under a `place` such as `tokenizer.json: model`.
    init(_ object: JSON?, _ place: String) {
        self.object = object ?? .null
        self.place = place
    }

    /// The value of a member; `nil` for one that is missing or null.
    subscript(key: String) -> JSON? {
        object[key].flatMap { $0 == .null ? nil : $0 }
    }

    /// The object under a key.
    func object(_ key: String) -> JSONMembers {
        JSONMembers(object[key], "\(place): \(key)")
    }

    /// A truth value, if there is one.
    func flag(_ key: String) throws -> Bool? {
        guard let value = self[key] else { return nil }
        guard let flag = value.bool else { throw error(key, expected: "true or false") }
        return flag
    }

    /// An id of the vocabulary.
    func id(_ key: String) throws -> Int32 {
        try id(key, in: self[key])
    }

    /// An id whose value is already at hand: looking up every piece by its key would be quadratic.
    func id(_ key: String, in value: JSON?) throws -> Int32 {
        guard let id = value?.int.flatMap(Int32.init(exactly:)), id >= 0 else {
            throw error(key, expected: "an id from 0 on")
        }
        return id
    }

    /// A maximum length, if there is one; Hugging Face writes 1e30 for none.
    func length(_ key: String) throws -> Int? {
        guard let value = self[key] else { return nil }
        guard let length = value.double, length >= Double(Tokenizer.minimumLength) else {
            throw error(key, expected: "a length of at least \(Tokenizer.minimumLength)")
        }
        return value.int ?? Int(min(length, 1e15))
    }

    /// Refuses any other value than the one expected.
    func expect(_ key: String, _ expected: JSON) throws {
        if object[key] != expected { throw error(key, expected: expected.text()) }
    }

    /// Says what stands under a key and what should.
    func error(_ key: String, expected: String) -> OfframpError {
        OfframpError(
            .data, at: "\(place): \(key)",
            found: object[key].map { String($0.text().prefix(80)) } ?? "nothing",
            expected: expected)
    }
}
