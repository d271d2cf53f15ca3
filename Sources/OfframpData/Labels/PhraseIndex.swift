/// Finds which of many phrases are part of a text, word for word, in one pass over its words
/// (Aho and Corasick 1975, with words for letters).
struct PhraseIndex {
    /// How many different phrases there are, numbered in the order in which they were added.
    private(set) var phraseCount = 0

    private typealias State = Int32
    private static let root: State = 0

    /// The state that follows a state (upper half of the key) and a word (lower half).
    private var steps: [UInt64: State] = [:]
    /// Per state: the state before its last word, that word, and how many words lead to it.
    private var origins: [(state: State, word: UInt32, depth: Int)] = [(root, 0, 0)]
    /// Per state: the phrase that ends there.
    private var phrases: [Int?] = [nil]
    /// Per state: the state of its longest proper suffix that begins a phrase.
    private var suffixes: [State] = [root]
    /// Per state: the nearest of its suffixes that is a phrase; the root when none is.
    private var endings: [State] = [root]

    /// Indexes phrases given as words; `numbers` gets each one's number, `nil` for an empty one.
    /// Phrases of the same words share a number.
    init(_ texts: [[UInt32]], numbers: inout [Int?]) {
        numbers = []
        for words in texts { numbers.append(add(words)) }
        link()
    }

    private mutating func add(_ words: [UInt32]) -> Int? {
        var state = Self.root
        for word in words { state = step(state, word) ?? grow(state, word) }
        guard state != Self.root else { return nil }
        if let phrase = phrases[Int(state)] { return phrase }
        phrases[Int(state)] = phraseCount
        phraseCount += 1
        return phraseCount - 1
    }

    private func step(_ state: State, _ word: UInt32) -> State? {
        steps[UInt64(state) << 32 | UInt64(word)]
    }

    private mutating func grow(_ state: State, _ word: UInt32) -> State {
        let new = State(origins.count)
        steps[UInt64(state) << 32 | UInt64(word)] = new
        origins.append((state, word, origins[Int(state)].depth + 1))
        phrases.append(nil)
        return new
    }

    /// Links every state to its suffixes, shorter states first.
    private mutating func link() {
        suffixes = Array(repeating: Self.root, count: origins.count)
        endings = suffixes
        let byDepth = origins.indices.dropFirst().sorted { origins[$0].depth < origins[$1].depth }
        for state in byDepth {
            let (before, word, depth) = origins[state]
            guard depth > 1 else { continue }
            let suffix = follow(suffixes[Int(before)], word)
            suffixes[state] = suffix
            endings[state] = phrases[Int(suffix)] == nil ? endings[Int(suffix)] : suffix
        }
    }

    /// The longest suffix of `state` and `word` that begins a phrase.
    private func follow(_ state: State, _ word: UInt32) -> State {
        var state = state
        while true {
            if let next = step(state, word) { return next }
            if state == Self.root { return state }
            state = suffixes[Int(state)]
        }
    }

    /// Marks every phrase that is part of a text, except the text itself.
    ///
    /// - Parameter marked: per phrase; only this function may set marks. All suffixes of a marked phrase
    ///   are marked, which keeps the work linear.
    func mark(phrasesIn words: [UInt32], except own: Int?, _ marked: inout [Bool]) {
        var state = Self.root
        for word in words {
            state = follow(state, word)
            var end = phrases[Int(state)] == nil ? endings[Int(state)] : state
            while let phrase = phrases[Int(end)], phrase == own || !marked[phrase] {
                if phrase != own { marked[phrase] = true }
                end = endings[Int(end)]
            }
        }
    }
}
