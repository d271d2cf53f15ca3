import OfframpFiles

/// A tensor in a mapped file, in the format of the file.
package struct StoredTensor: Sendable {
    /// Appended to a matrix's name, gives the name of its scales.
    package static let scaleSuffix = ".scale"

    /// Its name in the file.
    package let name: String
    private let entry: SafetensorsHeader.Entry
    private let scale: SafetensorsHeader.Entry?
    private let file: MappedFile

    init(
        _ name: String, _ entry: SafetensorsHeader.Entry, scale: SafetensorsHeader.Entry?,
        of file: MappedFile
    ) {
        self.name = name
        self.entry = entry
        self.scale = scale
        self.file = file
    }

    /// The format of an element.
    package var type: ElementType { entry.type }

    /// The shape as the file lists it.
    package var dimensions: [Int] { entry.dimensions }

    /// The number of elements.
    package var count: Int { entry.bytes.count / type.size }

    /// The raw elements; valid while this value is alive.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[entry.bytes])
    }

    /// Writes the elements as floats, `I8` rows multiplied by their scales.
    ///
    /// - Parameter destination: room for `count` floats.
    /// - Throws: `OfframpError` (`data`) for a number that is not finite, or scales that do not fit.
    package func read(into destination: UnsafeMutablePointer<Float>) throws {
        switch type {
        case .float32: copy(Float.self, to: destination) { $0 }
        case .float16: copy(Float16.self, to: destination) { Float($0) }
        case .bfloat16: copy(UInt16.self, to: destination) { Float(bfloat16Bits: $0) }
        case .float64: copy(Double.self, to: destination) { Float($0) }
        case .int8: try readScaled(into: destination)
        default: throw refusal("dtype \(type.rawValue)", "a tensor of floats")
        }
        for index in 0..<count where !destination[index].isFinite {
            throw refusal("\(destination[index]) at element \(index)", "finite numbers")
        }
    }

    /// The scale of each row of an `I8` matrix.
    ///
    /// - Throws: `OfframpError` (`data`) when they are missing, do not fit or are not finite.
    package func scales() throws -> [Float] {
        guard dimensions.count == 2 else {
            throw refusal("shape \(dimensions) of I8", "a matrix")
        }
        guard let scale, scale.type == .float32, scale.dimensions == [dimensions[0]] else {
            throw refusal(
                "no F32 tensor \(name)\(Self.scaleSuffix)",
                "one scale for each of \(dimensions[0]) rows")
        }
        let scales = (0..<dimensions[0]).map {
            file.bytes.loadUnaligned(
                fromByteOffset: scale.bytes.lowerBound + $0 * 4, as: Float.self)
        }
        guard let row = scales.firstIndex(where: { !$0.isFinite }) else { return scales }
        throw refusal("the scale \(scales[row]) of row \(row)", "finite numbers")
    }

    /// The elements of a vector of whole numbers.
    ///
    /// - Throws: `OfframpError` (`data`) for another form.
    package func integers() throws -> [Int32] {
        guard type == .int32, dimensions.count == 1 else {
            throw refusal("\(type.rawValue) \(dimensions)", "a vector of I32")
        }
        return withExtendedLifetime(file) {
            (0..<count).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self) }
        }
    }

    private func copy<Element: BitwiseCopyable>(
        _: Element.Type, to destination: UnsafeMutablePointer<Float>, _ convert: (Element) -> Float
    ) {
        withExtendedLifetime(file) {
            let bytes = bytes
            for index in 0..<count {
                destination[index] = convert(
                    bytes.loadUnaligned(
                        fromByteOffset: index * MemoryLayout<Element>.stride, as: Element.self))
            }
        }
    }

    private func readScaled(into destination: UnsafeMutablePointer<Float>) throws {
        let scales = try scales()
        let columns = dimensions[1]
        copy(Int8.self, to: destination) { Float($0) }
        for (row, scale) in scales.enumerated() {
            for index in row * columns..<(row + 1) * columns { destination[index] *= scale }
        }
    }

    /// What is wrong with it.
    package func refusal(_ found: String, _ expected: String) -> OfframpError {
        OfframpError(
            .data, at: "\(file.path): tensor \"\(name)\"", found: found, expected: expected)
    }
}
