/// A vector or matrix of `Float`, row-major, copied on write, with an optional node of the tape.
///
/// A tensor with a `node` remembers how it was computed, so that `gradients()` can run backwards.
package struct Tensor: Sendable {
    /// Rows and columns.
    package let shape: Shape
    private var storage: TensorStorage
    /// The recorded operation that made this value; `nil` if it needs no gradient.
    let node: TapeNode?

    init(shape: Shape, storage: TensorStorage, node: TapeNode? = nil) {
        precondition(storage.count >= shape.count, "storage shorter than the shape")
        self.shape = shape
        self.storage = storage
        self.node = node
    }

    /// Rows; 1 for a vector.
    package var rows: Int { shape.rows }

    /// Columns; the length of a vector.
    package var columns: Int { shape.columns }
}

// MARK: - Making tensors

extension Tensor {
    /// A tensor whose elements are written by `fill` before anything reads them.
    package init(_ shape: Shape, fill: (UnsafeMutablePointer<Float>) throws -> Void) rethrows {
        let storage = TensorStorage(count: shape.count)
        try fill(storage.pointer)
        self.init(shape: shape, storage: storage)
    }

    /// A tensor with unspecified elements, for a parameter that will be loaded or initialised.
    package init(unset shape: Shape) {
        self.init(shape: shape, storage: TensorStorage(count: shape.count))
    }

    /// A tensor with the same value everywhere.
    package init(_ shape: Shape, repeating value: Float) {
        self.init(shape) { $0.update(repeating: value, count: shape.count) }
    }

    /// A tensor from its elements, row by row.
    package init(_ values: [Float], _ shape: Shape) {
        precondition(values.count == shape.count, "\(values.count) values for \(shape)")
        self.init(shape) { $0.update(from: values, count: values.count) }
    }

    /// A matrix from its rows one after the other.
    package init(_ values: [Float], rows: Int, columns: Int) {
        self.init(values, .matrix(rows, columns))
    }

    /// A vector.
    package init(_ values: [Float]) {
        self.init(.vector(values.count)) { $0.update(from: values, count: values.count) }
    }

    /// A tensor without elements.
    package static var empty: Tensor { Tensor(unset: .vector(0)) }

    /// The same value off the tape: no gradient flows through it.
    package var detached: Tensor { Tensor(shape: shape, storage: storage) }

    /// The same value as a leaf of the tape; its gradient is found under `leaf`.
    package func tracked(as leaf: Int) -> Tensor {
        Tensor(shape: shape, storage: storage, node: TapeNode(leaf: leaf))
    }

    /// The same elements in another shape, off the tape.
    func reshaped(to shape: Shape) -> Tensor {
        precondition(shape.count == self.shape.count, "\(self.shape) as \(shape)")
        return Tensor(shape: shape, storage: storage)
    }

    func recorded(by node: TapeNode) -> Tensor {
        Tensor(shape: shape, storage: storage, node: node)
    }
}

// MARK: - Access

extension Tensor {
    /// Reads the elements, row by row.
    package func withValues<Result>(
        _ body: (UnsafeBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        try withExtendedLifetime(storage) {
            try body(UnsafeBufferPointer(start: storage.pointer, count: shape.count))
        }
    }

    /// Changes the elements in place; copies them first when another tensor shares them.
    package mutating func withMutableValues<Result>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        if !isKnownUniquelyReferenced(&storage) {
            let copy = TensorStorage(count: shape.count)
            copy.pointer.update(from: storage.pointer, count: shape.count)
            storage = copy
        }
        return try withExtendedLifetime(storage) {
            try body(UnsafeMutableBufferPointer(start: storage.pointer, count: shape.count))
        }
    }

    /// The elements for a kernel to change, copied first if another tensor shares them; valid until
    /// this tensor is copied or released.
    package mutating func exclusivePointer() -> UnsafeMutablePointer<Float> {
        withMutableValues { _ in }
        return storage.pointer
    }

    /// The elements as an array, row by row.
    package var values: [Float] { withValues(Array.init) }

    /// The elements of one row.
    package func row(_ index: Int) -> [Float] {
        precondition(index < rows, "row \(index) of \(rows)")
        return withValues { Array($0[index * columns..<(index + 1) * columns]) }
    }

    /// The only element of a tensor of one.
    package var scalar: Float {
        precondition(shape.count == 1, "a scalar has one element, not \(shape)")
        return withValues { $0[0] }
    }

    /// Whether every element is a number.
    package var isFinite: Bool {
        withValues { values in
            // Bits of magnitudes are ordered as these are, and infinity stands before all NaN.
            let largest = values.reduce(UInt32(0)) { max($0, $1.magnitude.bitPattern) }
            return largest < Float.infinity.bitPattern
        }
    }

    /// The elements for a kernel; valid only while the tensor is kept alive.
    package var pointer: UnsafePointer<Float> { UnsafePointer(storage.pointer) }
}
