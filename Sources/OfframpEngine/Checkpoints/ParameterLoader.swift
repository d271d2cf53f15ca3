import OfframpFiles
import OfframpTensor

/// Fills parameters from a file, and keeps track of what is missing, misshapen or left over.
struct ParameterLoader: ParameterVisitor {
    private let file: SafetensorsFile
    private let prefix: String
    /// How matrices are kept for inference; `nil` keeps floats that can be trained.
    private let precision: Precision?
    private var problems: [String] = []
    private var used: Set<String> = []

    /// Names that Hugging Face's checkpoints may hold beside the encoder.
    private static let harmless = ["pooler.", "cls.", "classifier.", "embeddings.position_ids"]

    init(_ file: SafetensorsFile, precision: Precision?) {
        self.file = file
        self.precision = precision
        prefix = file.names.contains { $0.hasPrefix("bert.") } ? "bert." : ""
    }

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        fill(&tensor, names, tensor.shape) { try Tensor($0, shape: $1) }
    }

    mutating func visit(_ names: [String], _ matrix: inout WeightMatrix, _ use: MatrixUse) {
        let precision = precision
        fill(&matrix, names, matrix.shape) { parts, shape in
            guard let precision else { return .float32(try Tensor(parts, shape: shape)) }
            return try WeightMatrix(parts, shape: shape, use: use, precision: precision)
        }
    }

    /// Replaces a parameter by what `make` builds from its parts in the file.
    private mutating func fill<Value>(
        _ value: inout Value, _ names: [String], _ shape: Shape,
        make: ([StoredTensor], Shape) throws -> Value
    ) {
        let parts = names.compactMap { part($0, of: names.count, shape: shape) }
        guard parts.count == names.count else { return }
        do { value = try make(parts, shape) } catch { problems.append("\(error)") }
    }

    /// Tensors that nobody asked for.
    private var unknown: [String] {
        file.names.filter { name in
            let bare = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
            return !used.contains(name) && !Self.harmless.contains { bare.hasPrefix($0) }
        }
    }

    /// Finds one of `count` parts of a parameter and checks its shape.
    private mutating func part(_ name: String, of count: Int, shape: Shape) -> StoredTensor? {
        guard let stored = find(name) else {
            problems.append("missing: \(name)")
            return nil
        }
        used.insert(stored.name)
        used.insert(stored.name + StoredTensor.scaleSuffix)
        let expected =
            shape.rank == 1 ? [shape.columns / count] : [shape.rows / count, shape.columns]
        guard stored.dimensions == expected else {
            problems.append("shape \(stored.dimensions) instead of \(expected): \(stored.name)")
            return nil
        }
        return stored
    }

    /// Under the name itself or behind `bert.`, and under the older names of layer norms.
    private func find(_ name: String) -> StoredTensor? {
        let older = name.replacingSuffix("LayerNorm.weight", by: "LayerNorm.gamma")
            .replacingSuffix("LayerNorm.bias", by: "LayerNorm.beta")
        return [name, older].lazy.compactMap { [file, prefix] in
            file.stored(prefix + $0) ?? file.stored($0)
        }.first
    }

    /// Reports everything that did not fit, together.
    ///
    /// - Throws: `OfframpError` (`data`) that names all tensors concerned.
    func finish(reportingUnknown: Bool) throws {
        let problems = problems + (reportingUnknown ? unknown.map { "unknown: \($0)" } : [])
        guard problems.isEmpty else {
            throw OfframpError(
                .data, at: file.path, found: problems.joined(separator: "; "),
                expected: "the tensors of this model")
        }
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, by other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}

extension Parameterized {
    /// Fills all parameters from a `safetensors` file.
    ///
    /// - Parameters:
    ///   - prefix: what stands before the names in the file.
    ///   - precision: how matrices are kept for inference; `nil` keeps floats that can be trained.
    ///   - reportingUnknown: whether tensors that nobody asks for are an error.
    /// - Throws: `OfframpError` (`data`) naming all missing, unknown and misshapen tensors.
    package mutating func load(
        _ file: SafetensorsFile, under prefix: String = "", precision: Precision? = nil,
        reportingUnknown: Bool = true
    ) throws {
        var loader = ParameterLoader(file, precision: precision)
        visitParameters(&loader, under: prefix)
        try loader.finish(reportingUnknown: reportingUnknown)
    }
}
