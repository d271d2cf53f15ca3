import OfframpFiles

/// A tensor as it lies in a file.
public struct StoredTensor: Sendable {
    /// What follows a name to make that of its scales.
    public static let scaleSuffix = ".scale"

    /// Its name in the file.
    public let name: String
    /// The format of an element.
    public let type: ElementType
    /// The shape as the file lists it.
    public let dimensions: [Int]
    private let file: MappedFile
    private let range: Range<Int>
    private let scaleRange: Range<Int>?

    init(
        name: String, type: ElementType, dimensions: [Int], file: MappedFile, range: Range<Int>,
        scaleRange: Range<Int>?
    ) {
        self.name = name
        self.type = type
        self.dimensions = dimensions
        self.file = file
        self.range = range
        self.scaleRange = scaleRange
    }

    /// The number of elements.
    public var count: Int { range.count / type.size }

    /// The raw elements; valid while this value is kept alive.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[range])
    }

    /// Writes the elements as floats; `I8` rows are multiplied by their scales.
    ///
    /// - Parameter destination: room for `count` floats.
    /// - Throws: `OfframpError` (`data`) for a number that is not finite, or scales that do not fit.
    public func read(into destination: UnsafeMutablePointer<Float>) throws {
        switch type {
        case .float32: copy(Float.self, to: destination) { $0 }
        case .float16: copy(Float16.self, to: destination) { Float($0) }
        case .bfloat16:
            copy(UInt16.self, to: destination) { Float(bitPattern: UInt32($0) << 16) }
        case .int8: try readScaled(into: destination)
        case .int64: throw refusal("dtype I64", "a tensor of floats")
        }
        for index in 0..<count where !destination[index].isFinite {
            throw refusal("\(destination[index]) at element \(index)", "finite numbers")
        }
    }

    /// The scale of each row of an `I8` matrix.
    ///
    /// - Throws: `OfframpError` (`data`) when they are missing or do not fit.
    package func scales() throws -> [Float] {
        let rows = dimensions.first ?? 0
        guard dimensions.count == 2, let scaleRange,
            scaleRange.count == rows * MemoryLayout<Float>.size
        else {
            throw refusal("no F32 tensor \(name)\(Self.scaleSuffix)", "one scale for each of \(rows) rows")
        }
        return (0..<rows).map {
            file.bytes.loadUnaligned(fromByteOffset: scaleRange.lowerBound + $0 * 4, as: Float.self)
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

    func refusal(_ found: String, _ expected: String) -> OfframpError {
        OfframpError(
            .data, at: "\(file.path): tensor \"\(name)\"", found: found, expected: expected)
    }
}
