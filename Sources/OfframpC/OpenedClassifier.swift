import COfframp
import Offramp
import OfframpFiles

/// What a handle stands for.
final class OpenedClassifier: Sendable {
    let classifier: Classifier

    init(_ classifier: Classifier) { self.classifier = classifier }

    /// The object that is still owned by whoever opened it.
    static func from(_ handle: OpaquePointer) -> Classifier {
        Unmanaged<OpenedClassifier>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
            .classifier
    }

    /// A handle that is to be closed.
    var handle: OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

    static func close(_ handle: OpaquePointer) {
        Unmanaged<OpenedClassifier>.fromOpaque(UnsafeRawPointer(handle)).release()
    }
}

extension Classifier {
    /// Loads a checkpoint as the options of a caller say.
    init(folder: String, _ options: offramp_options) throws {
        let (speed, policy) = (String(options.speed), String(options.policy))
        if speed != nil, policy != nil {
            throw OfframpError(
                .usage, at: "policy", found: "a speed too", expected: "one of both")
        }
        let method = String(options.method)
        let precision = try Precision.named(String(options.precision))
        let threads = options.threads == 0 ? nil : Int(options.threads)
        let classifier =
            if let policy {
                try Classifier(
                    folder, policy: policy, method: method, precision: precision, threads: threads)
            } else {
                try Classifier(
                    folder, speed: speed.map { Speed(rawValue: $0) }, method: method,
                    precision: precision, threads: threads)
            }
        self = classifier.with(longTexts: try LongTexts.named(String(options.long_texts)))
    }

    /// What was loaded.
    var description: JSON {
        [
            "task": .string(model.task.kind.rules.problemType),
            "labels": .array(labels.map { .string($0) }),
            "depths": .array(depths.map { .number($0) }), "layers": .number(model.layerCount),
            "method": .string(model.settings.method), "policy": .string(policy.name),
            "precision": .string(model.precision.rawValue), "long_texts": .string(longTexts.name),
            "threads": .number(model.engine.workers.count),
            "maximum_length": .number(model.tokenizer.maximumLength),
        ]
    }
}

extension Precision {
    /// The precision of a name; `nil` where the checkpoint chooses.
    fileprivate static func named(_ name: String?) throws -> Precision? {
        guard let name, name != "auto" else { return nil }
        if let precision = Precision(rawValue: name) { return precision }
        let names = ["auto"] + allCases.map(\.rawValue)
        throw OfframpError(
            .usage, at: "precision", found: name,
            expected: "one of \(names.joined(separator: ", "))")
    }
}

extension LongTexts {
    /// The choice of a name.
    fileprivate static func named(_ name: String?) throws -> LongTexts {
        guard let name else { return .head }
        if let choice = LongTexts(name: name) { return choice }
        throw OfframpError(
            .usage, at: "long_texts", found: name,
            expected: "head, head-tail, windows, windows:N from \(fewestTokens) on, or refuse")
    }
}

extension String {
    /// The text at an address, if there is one.
    fileprivate init?(_ text: UnsafePointer<CChar>?) {
        guard let text else { return nil }
        self.init(cString: text)
    }
}
