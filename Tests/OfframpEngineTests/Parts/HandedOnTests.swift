import OfframpEngine
import OfframpExit
import OfframpFiles
import OfframpTensor
import OfframpTokenizer
import TestFiles
import TestModels
import Testing

/// Texts on their way as bytes.
@Suite struct HandedOnTests {
    private static let texts = DeepCheckpoint.texts(40)
    private let checkpoint: DeepCheckpoint
    private let row: PartRow
    private let handedOn: HandedOn

    init() throws {
        checkpoint = try DeepCheckpoint(signal: .own)
        row = try checkpoint.row([2])
        let policy = try PolicyKind.policy("entropy:0", for: row.parts[0].context)
        handedOn = try row.handedOn(Self.texts, policy)
    }

    @Test func `as 32-bit floats nothing of them changes`() throws {
        let bytes = try handedOn.bytes()
        #expect(try HandedOn(bytes).bytes() == bytes)
        let whole = try checkpoint.whole()
        for policy in try checkpoint.policies(hasSignals: true) {
            let answers = try row.answers(Self.texts, [policy, policy]) {
                try HandedOn($0.bytes())
            }
            let expected = whole.engine.answers(try whole.encode(Self.texts), policy: policy)
            #expect(answers == expected, "\(policy.name)")
        }
    }

    @Test func `they say what they hold`() throws {
        let read = try HandedOn(handedOn.bytes(.int8))
        let lengths = try row.parts[0].encodings(Self.texts, long: .head).map(\.ids.count)
        #expect(read.count == Self.texts.count && read.depth == 2)
        #expect(read.texts.lengths == lengths && read.tokens == lengths.reduce(0, +))
        #expect(read.exits.map(\.depth) == [0, 1, 2])
    }

    /// Half a step of the format: of half precision one part in 2048 of the number, of `I8` one in 254 of the token's
    /// largest number.
    @Test(arguments: [StateStorage.float16, .int8])
    func `smaller storage moves states by no more than half a step`(storage: StateStorage) throws {
        let read = try HandedOn(handedOn.bytes(storage)).hidden
        for token in 0..<read.rows {
            let (before, after) = (handedOn.hidden.row(token), read.row(token))
            let largest = before.map(abs).max() ?? 0
            for (old, new) in zip(before, after) {
                let step = storage == .float16 ? max(abs(old) * 0x1p-11, 0x1p-25) : largest / 254
                #expect(abs(old - new) <= step * 1.0001)
            }
        }
    }

    /// Every layer ends in a normalisation, so that a small change stays one, and a softmax moves by at most half of what
    /// its logits do. Ten half steps leave room for the sums over the 32 features of a head.
    @Test(arguments: [(StateStorage.float16, 10 * 0x1p-11), (.int8, 10.0 / 254)])
    func `smaller storage keeps probabilities close`(storage: StateStorage, bound: Double) throws {
        let full = try PolicyKind.policy("full", for: row.parts[0].context)
        let exact = try row.answers(Self.texts, full)
        let close = try row.answers(Self.texts, [full, full]) { try HandedOn($0.bytes(storage)) }
        for (exact, close) in zip(exact, close) {
            let pairs = zip(exact.prediction.probabilities, close.prediction.probabilities)
            for (old, new) in pairs { #expect(Double(abs(old - new)) <= bound) }
        }
        #expect(exact != close)
    }

    @Test func `one byte a number takes about a quarter of four`() throws {
        let sizes = try StateStorage.allCases.map { try handedOn.bytes($0).count }
        let states = handedOn.hidden.shape.count
        #expect(sizes[0] - sizes[1] >= 2 * states - 64 && sizes[0] - sizes[1] <= 2 * states + 64)
        #expect(sizes[0] - sizes[2] > 2 * states)
    }

    @Test func `states that half precision cannot hold are refused`() throws {
        var edit = Edit()
        edit.states[3] = 1e6
        let large = try HandedOn(edit.bytes())
        #expect(failure { try large.bytes(.float16) }?.description.contains("states") == true)
        #expect(try HandedOn(large.bytes(.int8)).count == 2)
    }
}

// MARK: - Bytes from strangers

extension HandedOnTests {
    /// Two texts of one and two tokens, width 16, of which one exit has spoken; what a test changes of it.
    struct Edit {
        var metadata: [(key: String, text: String)] = [
            ("offramp", "handed-on texts, version 1"), ("depth", "2"), ("backbone", "b"),
            ("exits.1", "e"),
        ]
        var states = (0..<48).map { Float($0) / 48 }
        var width = 16
        var lengths: [Int32]? = [1, 2]
        var seconds: [Int32]? = [1, 1]
        var truncated: [Int32]? = [0, 1]
        var logits: Tensor? = Tensor([0, 1, 2, 3, 4, 5], rows: 2, columns: 3)
        var signals: Tensor? = Tensor([0.5, 0.5])
        var others: [(String, Tensor)] = []

        func bytes() throws -> [UInt8] {
            var writer = SafetensorsWriter()
            writer.metadata = metadata
            writer.add("states", Tensor(states, rows: states.count / width, columns: width))
            if let lengths { writer.add("texts.lengths", lengths) }
            if let seconds { writer.add("texts.seconds", seconds) }
            if let truncated { writer.add("texts.truncated", truncated) }
            if let logits { writer.add("exits.1.logits", logits) }
            if let signals { writer.add("exits.1.signals", signals) }
            for (name, tensor) in others { writer.add(name, tensor) }
            return try writer.bytes()
        }

        mutating func set(_ key: String, _ text: String?) {
            metadata.removeAll { $0.key == key }
            if let text { metadata.append((key, text)) }
        }
    }

    private static let faults:
        [(name: String, fragment: String, change: @Sendable (inout Edit) -> Void)] = [
            (
                "another form", "offramp: found handed-on texts, version 2",
                {
                    $0.set("offramp", "handed-on texts, version 2")
                }
            ),
            ("no form", "offramp: found nothing", { $0.set("offramp", nil) }),
            ("no depth", "depth: found nothing", { $0.set("depth", nil) }),
            ("depth 0", "a depth from 1 to", { $0.set("depth", "0") }),
            ("depth 02", "a depth from 1 to", { $0.set("depth", "02") }),
            ("a huge depth", "a depth from 1 to", { $0.set("depth", "99999999999999999999") }),
            ("no backbone", "backbone: found nothing", { $0.set("backbone", nil) }),
            ("no lengths", "texts.lengths: found nothing", { $0.lengths = nil }),
            ("a length of 0", "numbers of tokens from 1", { $0.lengths = [0, 3] }),
            ("a negative length", "numbers of tokens from 1", { $0.lengths = [-1, 4] }),
            ("lengths beyond 32 bits", "numbers of tokens from 1", { $0.lengths = [.max, .max] }),
            ("lengths of other states", "[4, width]", { $0.lengths = [2, 2] }),
            ("a segment behind its text", "a place in each text", { $0.seconds = [2, 1] }),
            ("a negative segment", "a place in each text", { $0.seconds = [-1, 1] }),
            ("a segment too few", "a place in each text", { $0.seconds = [1] }),
            ("a flag that is none", "0 or 1 for each of 2 texts", { $0.truncated = [0, 2] }),
            ("a flag too few", "0 or 1 for each of 2 texts", { $0.truncated = [0] }),
            ("no logits", "exits.1.logits: found nothing", { $0.logits = nil }),
            (
                "logits of other texts", "F32 [2, outputs]",
                { $0.logits = Tensor([1], rows: 1, columns: 1) }
            ),
            ("signals of other texts", "F32 [2]", { $0.signals = Tensor([1]) }),
            (
                "an exit behind the states", "exits.3: found 3, expected a depth from 0 to 2",
                {
                    $0.set("exits.3", "f")
                }
            ),
            ("an exit without a depth", "exits.x: found x", { $0.set("exits.x", "f") }),
            ("a tensor too many", "secret", { $0.others = [("secret", Tensor([1]))] }),
        ]

    @Test(arguments: faults.indices)
    func `what is wrong with bytes is named`(index: Int) throws {
        let fault = Self.faults[index]
        var edit = Edit()
        fault.change(&edit)
        let error = failure { try HandedOn(edit.bytes()) }
        #expect(error?.kind == .data, "\(fault.name)")
        #expect(
            error?.description.contains(fault.fragment) == true,
            "\(fault.name): \(error?.description ?? "")")
    }

    @Test func `bytes that end early are refused, wherever they end`() throws {
        let bytes = try Edit().bytes()
        #expect(try HandedOn(bytes).count == 2)
        for count in 0..<bytes.count {
            #expect(failure { try HandedOn(Array(bytes.prefix(count))) }?.kind == .data, "\(count)")
        }
    }

    /// Tensors of equal elements lie in the order of their names: the exit's 8 numbers, then the states.
    @Test func `a state that is no number is refused`() throws {
        var bytes = try Edit().bytes()
        let start = bytes.count - 4 * (48 + 6) + 4 * 5
        bytes.replaceSubrange(start..<start + 4, with: [0, 0, 0xC0, 0x7F])
        let error = failure { try HandedOn(bytes) }
        #expect(error?.kind == .data && error?.found == "nan at element 5")
        #expect(error?.place.contains("states") == true)
    }

    private static let misfits:
        [(name: String, fragment: String, change: @Sendable (inout Edit) -> Void)] = [
            (
                "another depth", "states of depth 1, expected those of depth 2",
                { $0.set("depth", "1") }
            ),
            ("another encoder", "another encoder, x", { $0.set("backbone", "x") }),
            (
                "another width", "width 8, expected width 16",
                {
                    $0.width = 8; $0.lengths = [2, 4]
                }
            ),
            (
                "a text that is too long", "a text of 40 tokens, expected at most 20",
                {
                    $0.states = Array(repeating: 0, count: 16 * 41)
                    $0.lengths = [1, 40]
                }
            ),
            (
                "an exit of other labels", "2 logits, a signal, expected 3 logits",
                {
                    $0.logits = Tensor([1, 2, 3, 4], rows: 2, columns: 2)
                }
            ),
            ("an exit without its signal", "3 logits, no signal, expected", { $0.signals = nil }),
        ]

    @Test(arguments: misfits.indices)
    func `what does not fit a part is named`(index: Int) throws {
        let fault = Self.misfits[index]
        var edit = try fitting()
        #expect(throws: Never.self) { try row.parts[1].states(HandedOn(edit.bytes())) }
        fault.change(&edit)
        let error = failure { try row.parts[1].states(HandedOn(edit.bytes())) }
        #expect(error?.kind == .data && error?.place == "part-2", "\(fault.name)")
        #expect(
            error?.description.contains(fault.fragment) == true,
            "\(fault.name): \(error?.description ?? "")")
    }

    /// What fits this suite's part, whatever its numbers are.
    private func fitting() throws -> Edit {
        let known = try #require(handedOn.exits.first { $0.depth == 1 })
        var edit = Edit()
        edit.set("backbone", handedOn.backbone)
        edit.set("exits.1", known.fingerprint)
        return edit
    }

    @Test func `bytes that were changed anywhere are refused or answered`() throws {
        let bytes = try fitting().bytes()
        let part = row.parts[1]
        let policy = try PolicyKind.policy("patience:1", for: part.context)
        var random = RandomSource(seed: 11)
        var answered = 0
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= UInt8.random(in: 1...255, using: &random)
            do {
                let states = try part.states(HandedOn(changed))
                let outcome = part.engine.outcome(states, policy: policy)
                #expect(outcome.waiting.isEmpty && outcome.answers.count == 2)
                answered += 1
            } catch let error as OfframpError {
                #expect(error.kind == .data)
            }
        }
        // Most of the numbers may be others.
        #expect(answered > 4 * 48 / 2)
    }

    @Test(arguments: Precision.allCases, [3e38, -3e38, 0x1p-149] as [Float])
    func `states beyond all measure are answered like any`(precision: Precision, value: Float)
        throws
    {
        let part = try checkpoint.row([2], precision: precision).parts[1]
        var edit = try fitting()
        edit.states = edit.states.indices.map { $0.isMultiple(of: 3) ? -value : value }
        let policy = try PolicyKind.policy("confidence:0.7", for: part.context)
        let outcome = part.engine.outcome(try part.states(HandedOn(edit.bytes())), policy: policy)
        #expect(outcome.answers.allSatisfy { $0 != nil })
    }

    @Test func `parts refuse what they cannot begin with`() throws {
        let states = failure { try row.parts[0].states(handedOn) }
        #expect(states?.kind == .data && states?.expected.contains("texts") == true)
        let texts = failure { try row.parts[1].encodings(Self.texts, long: .head) }
        #expect(texts?.kind == .usage && texts?.found == "texts")
        let windows = failure { try row.parts[0].encodings(Self.texts, long: .windows(tokens: 8)) }
        #expect(windows?.kind == .usage)
    }
}
