import COfframp
import Offramp

// The functions of `offramp.h`, which documents them.

/// The version of the library.
@_cdecl("offramp_version")
public func version() -> UnsafePointer<CChar>? { UnsafePointer(versionText) }

private nonisolated(unsafe) let versionText = Boundary.copy(Version.current)

/// Loads the checkpoint in a folder.
@_cdecl("offramp_open")
public func open(
    _ folder: UnsafePointer<CChar>, _ options: UnsafePointer<offramp_options>,
    _ classifier: UnsafeMutablePointer<OpaquePointer?>
) -> UnsafeMutablePointer<offramp_error>? {
    Boundary.run {
        let opened = try Classifier(folder: String(cString: folder), options.pointee)
        classifier.pointee = OpenedClassifier(opened).handle
    }
}

/// Frees a classifier.
@_cdecl("offramp_close")
public func close(_ classifier: OpaquePointer?) {
    if let classifier { Boundary.call { OpenedClassifier.close(classifier) } }
}

/// What was loaded, as JSON.
@_cdecl("offramp_describe")
public func describe(_ classifier: OpaquePointer) -> UnsafeMutablePointer<CChar>? {
    Boundary.call { Boundary.copy(OpenedClassifier.from(classifier).description.text()) }
}

/// Classifies texts into the caller's memory.
@_cdecl("offramp_classify")
public func classify(
    _ classifier: OpaquePointer, _ texts: UnsafePointer<offramp_texts>,
    _ seconds: UnsafePointer<offramp_texts>?, _ answers: UnsafePointer<offramp_answers>
) -> UnsafeMutablePointer<offramp_error>? {
    Boundary.run {
        let classifier = OpenedClassifier.from(classifier)
        let inputs = try texts.pointee.inputs(seconds?.pointee)
        answers.pointee.take(
            try classifier.classify(inputs), labelCount: classifier.labels.count)
    }
}

/// Frees a text that was given out.
@_cdecl("offramp_text_free")
public func freeText(_ text: UnsafeMutablePointer<CChar>?) { Boundary.free(text) }

/// Frees an error.
@_cdecl("offramp_error_free")
public func freeError(_ error: UnsafeMutablePointer<offramp_error>?) {
    if let error { Boundary.free(error) }
}
