import Glibc
import OfframpExit
import OfframpFiles
import OfframpTensor
import Testing

@Suite struct HeadTests {
    /// Two texts of 2 and 1 tokens, width 2.
    private static let hidden = Tensor([1, -2, 3, 4, 0.5, 6], rows: 3, columns: 2)
    private static let texts = TextRanges(lengths: [2, 1])
    private static let means: [[Float]] = [[2, 1, 3, 4], [0.5, 6, 0.5, 6]]
    private static let firsts: [[Float]] = [[1, -2], [0.5, 6]]

    private static func output(
        _ heads: HeadSet, _ exit: Int = 0, previous: Tensor? = nil
    ) -> [Float] {
        var dropout = Dropout.none
        let features = heads.kind.pooling(hidden, texts)
        return heads.output(ofExit: exit, features, texts, previous: previous, &dropout)
            .logits.values
    }

    /// Heads at depths 1 and 2 for 3 labels, with parameters that are all different.
    private static func heads(_ kind: HeadKind) -> (heads: HeadSet, parameters: [String: [Float]]) {
        var heads = HeadSet(kind, depths: [1, 2], width: 2, outputCount: 3)
        var filler = Filler()
        heads.visitParameters(&filler, under: "")
        return (heads, filler.values)
    }

    private static func affine(_ x: [Float], _ weight: [Float], _ bias: [Float]) -> [Float] {
        bias.indices.map { row in
            bias[row] + x.indices.reduce(0) { $0 + weight[row * x.count + $1] * x[$1] }
        }
    }

    private static func expect(
        _ found: [Float], _ expected: [Float], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.count == expected.count, sourceLocation: sourceLocation)
        for (a, b) in zip(found, expected) {
            #expect(abs(a - b) < 1e-4, sourceLocation: sourceLocation)
        }
    }

    private static func classified(_ rows: [[Float]], _ values: [String: [Float]]) -> [Float] {
        let weight = values["exits.1.classifier.weight"] ?? []
        return rows.flatMap { affine($0, weight, values["exits.1.classifier.bias"] ?? []) }
    }

    @Test func `linear: the first token through a linear map`() {
        let (heads, values) = Self.heads(.linear)
        Self.expect(Self.output(heads), Self.classified(Self.firsts, values))
    }

    @Test func `mean: mean and maximum of the tokens through a linear map`() {
        let (heads, values) = Self.heads(.mean)
        Self.expect(Self.output(heads), Self.classified(Self.means, values))
    }

    @Test func `pair: mean and maximum beside what the means of two segments say of each other`() {
        let hidden = Tensor([3, 0, 1, 4, 5, 0, 4, 6, 1, -2], rows: 5, columns: 2)
        let texts = TextRanges(lengths: [3, 2], seconds: [1, 2])
        let features = HeadKind.pair.pooling(hidden, texts)
        // a = (3, 0), b = (3, 2): a b = 9 over lengths 3 and the root of 13.
        let first: [Float] = [3, 4.0 / 3, 5, 4] + [3, 0, 3, 2, 0, 2, 9, 0] + [9 / (3 * sqrt(13))]
        // A text alone has no second segment.
        let second: [Float] = [2.5, 2, 4, 6] + [2.5, 2, 0, 0, 2.5, 2, 0, 0] + [0]
        Self.expect(features.values, first + second)
        #expect(features.columns == Pooling.pair.features(width: 2))
    }

    @Test func `cascade: the features beside the log-probabilities of the exit before`() {
        let (heads, values) = Self.heads(.meanCascade)
        Self.expect(Self.output(heads), Self.classified(Self.means, values))
        let previous = Tensor([log(2), log(3), log(5), 7, 7, 7], rows: 2, columns: 3)
        let shares: [[Float]] = [[0.2, 0.3, 0.5], [1.0 / 3, 1.0 / 3, 1.0 / 3]]
        let expected = zip(Self.means, shares).flatMap { means, shares in
            Self.affine(
                means + shares.map { log($0) }, values["exits.2.classifier.weight"] ?? [],
                values["exits.2.classifier.bias"] ?? [])
        }
        Self.expect(Self.output(heads, 1, previous: previous), expected)
    }

    @Test func `cascade: a regression hands its number on`() {
        var heads = HeadSet(
            .pairCascade, task: .regression, depths: [0, 1], width: 2, outputCount: 1)
        var filler = Filler()
        heads.visitParameters(&filler, under: "")
        #expect(heads.carried(Tensor([3, -1], rows: 2, columns: 1), to: 1)?.values == [3, -1])
    }

    @Test(arguments: [HeadKind.pooler.name, "shared-pooler"])
    func `pooler: starts with units that see standardised features`(name: String) throws {
        var heads = Self.heads(try HeadKind.named(name)).heads
        let scalings = [([1.0, 2], [0.5, 4]), ([3.0, 2], [0.5, 0])].map {
            FeatureScaling(means: $0.0, factors: $0.1)
        }
        heads.start(with: scalings)
        let features = Tensor([2, 2.5], rows: 1, columns: 2)
        let found = heads.inputs(ofExit: 0, features, TextRanges(lengths: [1])).values
        // Shared: means 2 and 2; variances 4 and 1 around them, and 1/16 and 0.
        let own: [Float] = [tanh(0.5 * 0.5 * 1), tanh(0.5 * 4 * 0.5)]
        let shared: [Float] = [tanh(0), tanh(0.5 * 0.5 / sqrt(0.03125))]
        Self.expect(found, name == "pooler" ? own : shared)
    }

    @Test(arguments: [false, true])
    func `pooler: the first token, a linear map, tanh, a linear map`(isShared: Bool) {
        let (heads, values) = Self.heads(isShared ? .sharedPooler : .pooler)
        let prefix = isShared ? "" : "exits.1."
        let pooled = Self.firsts.map { row in
            Self.affine(
                row, values[prefix + "pooler.dense.weight"] ?? [],
                values[prefix + "pooler.dense.bias"] ?? []
            ).map { tanh($0) }
        }
        Self.expect(Self.output(heads), Self.classified(pooled, values))
    }

    @Test func `cascade: of several labels each keeps its own evidence`() {
        let heads = HeadSet(
            .meanCascade, task: .multiLabel, depths: [0, 1], width: 2, outputCount: 3)
        let carried = heads.carried(Tensor([4, 4, 40, -4, -4, -40], rows: 2, columns: 3), to: 1)
        #expect(carried?.values == [4, 4, 10, -4, -4, -10])
    }

    @Test func `cascade: a label that is ruled out counts no more than e to the -10`() {
        let heads = Self.heads(.cascade).heads
        let carried = heads.carried(Tensor([0, -200, -5], rows: 1, columns: 3), to: 1)
        Self.expect(carried?.values ?? [], [-0.00671535, -10, -5.00671535])
    }

    @Test func `norm-cascade: the features beside the normalised logits of the exit before`() {
        let (heads, values) = Self.heads(.normCascade)
        Self.expect(Self.output(heads), Self.classified(Self.firsts, values))
        let previous = Tensor([1, 2, 6, 0, 0, 3], rows: 2, columns: 3)
        let gain = values["exits.2.previous.LayerNorm.weight"] ?? []
        let shift = values["exits.2.previous.LayerNorm.bias"] ?? []
        // Mean 3, variance 14/3; mean 1, variance 2.
        let normalised: [[Float]] = [[-2, -1, 3], [-1, -1, 2]]
        let deviations = [Float(14.0 / 3 + 1e-5).squareRoot(), Float(2 + 1e-5).squareRoot()]
        let rows = (0..<2).map { text in
            Self.firsts[text]
                + (0..<3).map { normalised[text][$0] / deviations[text] * gain[$0] + shift[$0] }
        }
        let expected = rows.flatMap {
            Self.affine(
                $0, values["exits.2.classifier.weight"] ?? [],
                values["exits.2.classifier.bias"] ?? [])
        }
        Self.expect(Self.output(heads, 1, previous: previous), expected)
    }

    @Test func `cascade: no gradient reaches the exit before`() {
        var heads = Self.heads(.meanCascade).heads
        var tracker = Tracker()
        heads.visitParameters(&tracker, under: "")
        var dropout = Dropout.none
        let features = heads.kind.pooling(Self.hidden, Self.texts)
        var run = HeadRun(heads)
        _ = run.output(ofExit: 0, features, Self.texts, &dropout)
        let second = run.output(ofExit: 1, features, Self.texts, &dropout)
        let gradients = second.logits.crossEntropy([0, 1]).gradients()
        let reached = Set(gradients.dense.keys.map { tracker.names[$0] })
        #expect(reached == Set(tracker.names.filter { $0.hasPrefix("exits.2.") }))
    }

    /// `softmax(q Kᵀ / √w) V` of two heads of width `w`, for one query; plain loops.
    private static func attended(
        _ query: [Float], _ keys: [[Float]], _ values: [[Float]]
    ) -> [Float] {
        let width = query.count / 2
        return (0..<2).flatMap { head -> [Float] in
            let columns = head * width..<(head + 1) * width
            let scores = keys.map { key in
                columns.reduce(Float(0)) { $0 + query[$1] * key[$1] } / Float(width).squareRoot()
            }
            let powers = scores.map { exp($0 - (scores.max() ?? 0)) }
            let total = powers.reduce(0, +)
            return columns.map { column in
                zip(powers, values).reduce(0) { $0 + $1.0 / total * $1.1[column] }
            }
        }
    }

    private static func normalized(_ row: [Float], _ gain: [Float], _ shift: [Float]) -> [Float] {
        let mean = row.reduce(0, +) / Float(row.count)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(row.count)
        return row.indices.map {
            (row[$0] - mean) / (variance + 1e-5).squareRoot() * gain[$0] + shift[$0]
        }
    }

    @Test func `attentive: narrow attention of the first token, and two maps`() {
        let (heads, values) = Self.heads(.attentive)
        func map(_ x: [Float], _ name: String) -> [Float] {
            Self.affine(
                x, values["exits.1.\(name).weight"] ?? [], values["exits.1.\(name).bias"] ?? [])
        }
        let expected = [[[1, -2], [3, 4]], [[0.5, 6]] as [[Float]]].flatMap { tokens -> [Float] in
            let narrow = tokens.map { map($0, "narrow").map { tanh($0) } }
            let mixed = Self.attended(
                map(narrow[0], "attention.query"), narrow.map { map($0, "attention.key") },
                narrow.map { map($0, "attention.value") })
            return map(map(map(mixed, "attention.output"), "dense").map { tanh($0) }, "classifier")
        }
        Self.expect(Self.output(heads), expected)
    }

    @Test func `branches are deeper near the entrance, and the last one has no layers of its own`()
    {
        let values = Self.threeExits(.branch).parameters
        #expect(values["exits.2.classifier.weight"]?.count == 3 * 2 * 128)
        let layers = [1, 2, 3].map { depth in
            values.keys.count { $0.hasPrefix("exits.\(depth).layer.") && $0.hasSuffix("up.weight") }
        }
        #expect(layers == [2, 1, 0])
    }

    private static func gelu(_ x: Float) -> Float { x * 0.5 * (1 + erf(x / sqrt(2))) }

    /// Mean and maximum of each column.
    private static func meanMax(_ rows: [[Float]]) -> [Float] {
        let columns = rows[0].indices.map { column in rows.map { $0[column] } }
        return columns.map { $0.reduce(0, +) / Float($0.count) } + columns.map { $0.max() ?? 0 }
    }

    /// The units of each token, and those of each three in a row, zeros beyond the ends of the text.
    private static func convolved(_ tokens: [[Float]], _ values: [String: [Float]]) -> [[[Float]]] {
        func map(_ x: [Float], _ name: String) -> [Float] {
            let (weight, bias) = (
                values["exits.1.\(name).weight"] ?? [], values["exits.1.\(name).bias"] ?? []
            )
            return Self.affine(x, weight, bias).map(Self.gelu)
        }
        let none = [Float](repeating: 0, count: 64)
        let units = tokens.map { map($0, "units") }
        let padded = [none] + units + [none]
        guard values["exits.1.windows.weight"] != nil else { return [units] }
        return [units, tokens.indices.map { map(padded[$0...$0 + 2].flatMap(\.self), "windows") }]
    }

    private static let textKinds: [(String, maps: Int)] = [("deep-sets", 1), ("convolution", 2)]

    @Test(arguments: textKinds)
    func `deep-sets and convolution: the pool of the states beside those of units`(
        kind: String, maps: Int
    ) throws {
        let (heads, values) = Self.heads(try HeadKind.named(kind))
        let expected = [[[1, -2], [3, 4]], [[0.5, 6]] as [[Float]]].flatMap { tokens -> [Float] in
            let pools = [tokens] + Self.convolved(tokens, values).prefix(maps)
            return Self.classified([pools.flatMap(Self.meanMax)], values)
        }
        Self.expect(Self.output(heads), expected)
    }

    @Test(arguments: textKinds)
    func `pair-deep-sets and pair-convolution: states and units are all compared`(
        kind: String, maps: Int
    ) throws {
        let (heads, values) = Self.heads(try HeadKind.named("pair-" + kind))
        let units = Self.convolved([[1, -2], [3, 4], [0.5, 6]], values).prefix(maps)
        let texts = TextRanges(lengths: [3], seconds: [1])
        var dropout = Dropout.none
        let found = heads.output(ofExit: 0, Self.hidden, texts, previous: nil, &dropout).logits
        // The comparison itself has a test of its own.
        let inputs = units.reduce(Pooling.pair(Self.hidden, texts).values) {
            $0 + Pooling.pair(Tensor($1.flatMap(\.self), rows: 3, columns: 64), texts).values
        }
        Self.expect(found.values, Self.classified([inputs], values))
    }

    private static func threeExits(
        _ kind: HeadKind
    ) -> (heads: HeadSet, parameters: [String: [Float]]) {
        var heads = HeadSet(kind, depths: [1, 2, 3], width: 2, outputCount: 3)
        var filler = Filler()
        heads.visitParameters(&filler, under: "")
        return (heads, filler.values)
    }

    @Test func `branch: a narrow layer, then the mean and the maximum of its tokens`() {
        let (heads, values) = Self.threeExits(.branch)
        func at(_ name: String) -> [Float] { values["exits.2.\(name)"] ?? [] }
        func map(_ x: [Float], _ name: String) -> [Float] {
            Self.affine(x, at(name + ".weight"), at(name + ".bias"))
        }
        func norm(_ x: [Float], _ name: String) -> [Float] {
            Self.normalized(x, at(name + ".weight"), at(name + ".bias"))
        }
        func layer(_ tokens: [[Float]]) -> [[Float]] {
            let prefix = "layer.0."
            let keys = tokens.map { map($0, prefix + "attention.key") }
            let tokenValues = tokens.map { map($0, prefix + "attention.value") }
            return tokens.map { token in
                let mixed = Self.attended(
                    map(token, prefix + "attention.query"), keys, tokenValues)
                let sum = zip(token, map(mixed, prefix + "attention.output")).map(+)
                let middle = norm(sum, prefix + "attention.LayerNorm")
                let inner = map(middle, prefix + "up").map(Self.gelu)
                return norm(
                    zip(middle, map(inner, prefix + "down")).map(+), prefix + "LayerNorm")
            }
        }
        let expected = [[[1, -2], [3, 4]], [[0.5, 6]] as [[Float]]].flatMap { tokens -> [Float] in
            map(Self.meanMax(layer(tokens.map { map($0, "narrow") })), "classifier")
        }
        Self.expect(Self.output(heads, 1), expected)
    }

    @Test func `only the heads of a chained kind answer by what the one before them said`() {
        for kind in HeadKind.catalog {
            let heads = Self.heads(kind).heads
            let (first, second) = (Tensor([3, 0, 1, 0, 0, 5]), Tensor([0, 2, 0, 4, 1, 0]))
            let answers = [first, second].map {
                Self.output(heads, 1, previous: Tensor($0.values, rows: 2, columns: 3))
            }
            #expect((answers[0] != answers[1]) == heads.isChained, "\(kind.name)")
        }
    }

    @Test func `maps of tokens are in the model's precision, maps of texts are exact`() {
        for kind in HeadKind.catalog {
            let heads = Self.heads(kind).heads
            // A chained head reads one before it; a branch is none at the last exit.
            let exit = kind.isChained ? 1 : 0
            let previous = Tensor([3, 0, 1, 0, 0, 5], rows: 2, columns: 3)
            let exact = Self.output(heads.packed(.float32), exit, previous: previous)
            let rounded = Self.output(heads.packed(.int8), exit, previous: previous)
            let readsTokens = kind.pooling(Self.hidden, Self.texts).rows == Self.texts.tokens
            #expect((rounded != exact) == readsTokens, "\(kind.name)")
            let largest = exact.map(abs).max() ?? 0
            for (a, b) in zip(rounded, exact) {
                #expect(abs(a - b) < 0.1 * largest, "\(kind.name)")
            }
        }
    }

    /// Worked out by hand for 7 tokens of width 2 and 3 labels, at the first and at the last of two exits.
    private static let multiplyAdds: [String: (first: Double, last: Double)] = [
        "linear": (6, 6), "mean": (12, 12), "pair": (39, 39),
        "pooler": (10, 10), "shared-pooler": (10, 10),
        "cascade": (6, 15), "mean-cascade": (12, 21), "pair-cascade": (39, 48),
        "norm-cascade": (6, 15), "mean-norm-cascade": (12, 21),
        // 7 tokens of 64 units each, 4 + 128 inputs of 3 labels; of a pair 13 + 385.
        "deep-sets": (896 + 396, 896 + 396), "pair-deep-sets": (896 + 1194, 896 + 1194),
        // The same, and 64 more of three neighbours' units, and as many more inputs.
        "convolution": (7 * 12_416 + 780, 7 * 12_416 + 780),
        "pair-convolution": (7 * 12_416 + 2349, 7 * 12_416 + 2349),
        // Keys and values of 7 tokens, 128 wide: 2·128 + 128·256 + 2·128 for each; three maps and one of 3 labels once.
        "attentive": (7 * 33_280 + 49_536, 7 * 33_280 + 49_536),
        // Two layers of 131,072 a token and 256 a pair of tokens, 128 wide; none at the last exit.
        "branch": (7 * (256 + 262_144) + 49 * 512 + 768, 12),
    ]

    @Test func `every kind counts its multiply-adds`() {
        for kind in HeadKind.catalog {
            let heads = Self.heads(kind).heads
            let expected = Self.multiplyAdds[kind.name]
            #expect(heads.cost(ofExit: 0)(7) == expected?.first, "\(kind.name)")
            #expect(heads.cost(ofExit: 1)(7) == expected?.last, "\(kind.name)")
        }
    }

    @Test func `a signal is the sigmoid of what the heads read, own or shared`() {
        for signal in Signal.allCases {
            var heads = HeadSet(.mean, signal: signal, depths: [1, 2], width: 2, outputCount: 3)
            var filler = Filler()
            heads.visitParameters(&filler, under: "")
            var dropout = Dropout.none
            for exit in 0..<2 {
                let prefix = signal == .shared ? "signal." : "exits.\(exit + 1).signal."
                let weight = filler.values[prefix + "weight"] ?? []
                let bias = filler.values[prefix + "bias"]?[0] ?? .nan
                let features = heads.kind.pooling(Self.hidden, Self.texts)
                let output = heads.output(
                    ofExit: exit, features, Self.texts, previous: nil, &dropout)
                let expected = Self.means.map { row in
                    1 / (1 + exp(-zip(row, weight).reduce(bias) { $0 + $1.0 * $1.1 }))
                }
                #expect(
                    zip(output.signal?.values ?? [], expected).allSatisfy { abs($0 - $1) < 1e-5 })
                #expect(output.signal?.values.count == 2)
                #expect(heads.cost(ofExit: exit)(7) == 12 + 4)
            }
        }
    }

    @Test func `a signal that has learned from standardised features says the same of raw ones`()
        throws
    {
        var heads = HeadSet(.mean, signal: .own, depths: [1, 2], width: 2, outputCount: 3)
        var filler = Filler()
        heads.visitParameters(&filler, under: "")
        let scalings = [
            FeatureScaling(means: [1, 2, -3, 4], factors: [0.5, 10, 0, 3]),
            FeatureScaling(means: [0, 0, 0.1, 1], factors: [1, 2, 3, 4]),
        ]
        let features = heads.kind.pooling(Self.hidden, Self.texts)
        let learned = (0..<2).map {
            heads.signal(ofExit: $0, scalings[$0](features), Self.texts)?.values ?? []
        }
        heads.absorb(scalings)
        for exit in 0..<2 {
            let raw = try #require(heads.signal(ofExit: exit, features, Self.texts)).values
            #expect(zip(raw, learned[exit]).allSatisfy { abs($0 - $1) < 1e-5 })
            #expect(raw.count == 2 && raw[0] != raw[1])
        }
    }

    @Test func `an unknown kind is a wrong use, and the error lists those there are`() {
        #expect {
            try HeadKind.named("crown")
        } throws: { error in
            guard let error = error as? OfframpError else { return false }
            return error.kind == .usage
                && HeadKind.catalog.allSatisfy { error.expected.contains($0.name) }
        }
    }
}

/// Gives every element of every parameter a value of its own; equal names get equal values.
private struct Filler: ParameterVisitor {
    var values: [String: [Float]] = [:]
    private var next: Float = 1

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        let count = tensor.shape.count / names.count
        for name in names where values[name] == nil {
            values[name] = (0..<count).map { sin(next + Float($0)) / 2 }
            next += 100
        }
        tensor = Tensor(names.flatMap { values[$0] ?? [] }, tensor.shape)
    }
}

private struct Tracker: ParameterVisitor {
    var names: [String] = []

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        tensor = tensor.tracked(as: self.names.count)
        self.names.append(names[0])
    }
}
