import OfframpEncoder
import OfframpFiles
import OfframpTensor

/// Fills parameters from a file, and keeps track of what is missing, misshapen or left over.
struct ParameterLoader: ParameterVisitor {
    private let file: any StoredTensors
    /// Whose names the file has; `nil` for files of ours.
    private let family: EncoderFamily?
    /// How matrices are kept for inference; `nil` keeps floats that can be trained.
    private let precision: Precision?
    private var problems: [String] = []
    private var used: Set<String> = []

    init(_ file: some StoredTensors, of family: EncoderFamily?, precision: Precision?) {
        (self.file, self.family, self.precision) = (file, family, precision)
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
        do {
            value = try make(parts, shape)
        } catch let error as OfframpError {
            // The error of all of them names the file.
            let tensor = error.place.split(separator: ": ").last ?? ""
            problems.append("\(tensor) with \(error.found) instead of \(error.expected)")
        } catch {
            problems.append("\(error)")
        }
    }

    /// Tensors that nobody asked for: in files of Hugging Face's only those of the encoder, except for the
    /// numbers 0, 1, 2, … of its positions.
    private var unknown: [String] {
        file.names.filter { name in
            !used.contains(name) && family?.isOfEncoder(name) ?? true
                && !name.hasSuffix("embeddings.position_ids")
        }
    }

    /// Finds one of `count` parts of a parameter and checks its shape.
    private mutating func part(_ name: String, of count: Int, shape: Shape) -> StoredTensor? {
        guard let stored = find(name) else {
            problems.append("missing: \(family?.storedName(of: name) ?? name)")
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

    /// Under the family's name with or without its prefix, and under the older names of layer norms.
    private func find(_ name: String) -> StoredTensor? {
        guard let family else { return file.stored(name) }
        let stored = family.storedName(of: name)
        let older = stored.replacingSuffix("LayerNorm.weight", by: "LayerNorm.gamma")
            .replacingSuffix("LayerNorm.bias", by: "LayerNorm.beta")
        return [family.prefix + stored, family.prefix + older, stored, older].lazy
            .compactMap { [file] in file.stored($0) }.first
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
    /// Fills all parameters from a file.
    ///
    /// - Parameters:
    ///   - family: whose names the file has; `nil` for the names that parameters are visited under.
    ///   - prefix: what stands before the names in the file.
    ///   - precision: how matrices are kept for inference; `nil` keeps floats that can be trained.
    ///   - reportingUnknown: whether tensors that nobody asks for are an error.
    /// - Throws: `OfframpError` (`data`) naming all missing, unknown and misshapen tensors.
    package mutating func load(
        _ file: some StoredTensors, of family: EncoderFamily? = nil, under prefix: String = "",
        precision: Precision? = nil, reportingUnknown: Bool = true
    ) throws {
        var loader = ParameterLoader(file, of: family, precision: precision)
        visitParameters(&loader, under: prefix)
        try loader.finish(reportingUnknown: reportingUnknown)
    }
}
