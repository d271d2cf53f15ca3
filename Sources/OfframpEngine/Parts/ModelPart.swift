import Glibc
import OfframpFiles

/// Which part of a split checkpoint a folder holds: the content of `part.json`.
///
/// An early exit network is cut between two layers, so that a small device runs the first part and hands what it is not
/// sure of on to a larger one (Teerapittayanon et al. 2017, Distributed Deep Neural Networks).
package struct ModelPart: Sendable, Equatable {
    /// Its number, counted from 1 at the entrance.
    package let number: Int
    /// How many parts there are.
    package let count: Int
    /// The depth of the hidden states that it begins with, and of those that it ends with.
    package let depths: ClosedRange<Int>
    /// What tells the whole encoder from all others: parts fit each other where it is the same.
    package let backbone: String
    /// What tells each exit of a method from all others, in all parts, by the method's name.
    package let exits: [String: [String]]
}

extension ModelPart {
    /// The part in words.
    package var text: String {
        "part \(number) of \(count), which runs from depth \(depths.lowerBound) to \(depths.upperBound)"
    }

    /// Those of some exits' depths that lie in the part.
    package func exitDepths(among depths: [Int]) -> [Int] { depths.filter(self.depths.hasExit) }

    /// The name of its folder.
    package var name: String { "part-\(number)" }
}

extension ModelPart {
    /// The version of the file format.
    static let format = 1
    /// More than any encoder has layers.
    private static let mostParts = 1 << 12

    /// Reads the file of a folder.
    ///
    /// - Returns: `nil` where there is none: the folder holds no part.
    /// - Throws: `OfframpError` (`data`) where something is wrong in it.
    init?(_ folder: CheckpointFolder) throws {
        guard folder.isPart else { return nil }
        let file = try JSONReader(file: folder.part)
        try file["format"].require(.number(Self.format))
        count = try file["parts"].int(in: 1...Self.mostParts)
        number = try file["part"].int(in: 1...count)
        let ends = try file["depths"].ints("two ascending depths from 0") { ends in
            ends.count == 2 && ends[0] >= 0 && ends[0] < ends[1]
        }
        depths = ends[0]...ends[1]
        backbone = try file["backbone"].string()
        let members = try file["exits"].members("an object of methods")
        let methods = try members.map { method, exits in
            (method, try exits.elements().map { try $0.string() })
        }
        exits = Dictionary(uniqueKeysWithValues: methods)
    }

    /// The content of the file.
    var json: JSON {
        let methods = exits.sorted { $0.key < $1.key }.map { method, exits in
            JSON.Member(method, .array(exits.map { .string($0) }))
        }
        return [
            "format": .number(Self.format), "part": .number(number), "parts": .number(count),
            "depths": [.number(depths.lowerBound), .number(depths.upperBound)],
            "backbone": .string(backbone), "exits": .object(methods),
        ]
    }
}

extension CheckpointFolder {
    /// Which part of a checkpoint it holds; no file in a whole one.
    package var part: String { path + "/part.json" }

    /// Whether it holds a part of a checkpoint.
    package var isPart: Bool { access(part, F_OK) == 0 }
}
