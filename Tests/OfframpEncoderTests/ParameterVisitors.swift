import OfframpEncoder
import OfframpFiles
import OfframpTensor
import TestModels

/// Fills the parameters of a model from a file; several names are stacked by rows.
struct ParameterReader: ParameterVisitor {
    let file: SafetensorsFile
    private(set) var read: Set<String> = []
    private(set) var problems: [String] = []

    init(_ file: SafetensorsFile) { self.file = file }

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        let parts = names.compactMap { try? file.tensor($0) }
        let values = parts.flatMap(\.values)
        guard parts.count == names.count, values.count == tensor.shape.count else {
            problems.append("\(names): \(parts.map(\.shape)) for \(tensor.shape)")
            return
        }
        read.formUnion(names)
        tensor = Tensor(tensor.shape) { $0.update(from: values, count: values.count) }
    }
}

/// Puts every parameter of a model on the tape, numbered in the order of the visit.
struct ParameterTracker: ParameterVisitor {
    private(set) var names: [[String]] = []

    mutating func visit(_ names: [String], _ tensor: inout Tensor) {
        tensor = tensor.tracked(as: self.names.count)
        self.names.append(names)
    }
}

extension SafetensorsFile {
    /// A tensor of whole numbers.
    func integers(_ name: String) throws -> [Int] { try tensor(name).values.map { Int($0) } }
}

extension Backbone {
    /// A backbone from a Hugging Face folder.
    init(folder: String, prefix: String = "") throws {
        let configuration = try JSON(file: folder + "/config.json")
        try self.init(
            EncoderConfiguration(configuration, from: "config.json"),
            weights: SafetensorsFile(path: folder + "/model.safetensors"), prefix: prefix)
    }

    /// A backbone of a given shape with the weights of a file.
    init(_ configuration: EncoderConfiguration, weights: SafetensorsFile, prefix: String = "")
        throws
    {
        self.init(configuration)
        var reader = ParameterReader(weights)
        visitParameters(&reader, under: prefix)
        guard reader.problems.isEmpty else {
            throw OfframpError(
                .data, at: weights.path, found: "\(reader.problems)", expected: "all parameters")
        }
    }
}
