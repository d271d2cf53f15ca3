import Glibc
import OfframpFiles

extension CheckpointFolder {
    /// Checks that this is a checkpoint with weights that can be read.
    ///
    /// - Throws: `OfframpError`: `noInput` without the folder, `data` for a folder that holds something
    ///   else, which is named with the way to a checkpoint.
    func check() throws {
        guard access(path, R_OK) == 0 else {
            throw OfframpError.system(.noInput, at: path, expected: "a checkpoint folder")
        }
        guard access(weights, R_OK) != 0, !hasShards else { return }
        let names = Folder.names(in: path)
        for form in Self.otherForms {
            guard let file = names.first(where: form.isForm) else { continue }
            // Without a configuration, files of such names can be anything, except for an adapter's.
            guard names.contains("config.json") || file == Self.adapter else { continue }
            throw OfframpError(
                .data, at: "\(path)/\(file)", found: form.found,
                expected: "model.safetensors\(form.wayOut)")
        }
    }

    /// A form that models come in and that is not read.
    private struct OtherForm {
        let endings: [String]
        let found: String
        let wayOut: String

        func isForm(_ name: String) -> Bool { endings.contains { name.hasSuffix($0) } }
    }

    private static let adapter = "adapter_config.json"
    private static let savedAgain =
        "; convert them in Python with "
        + "AutoModel.from_pretrained(folder).save_pretrained(folder, safe_serialization=True)"

    private static let otherForms = [
        OtherForm(
            endings: [adapter], found: "an adapter without its model",
            wayOut: "; join them in Python with merge_and_unload() and save_pretrained(folder)"),
        OtherForm(
            endings: [".bin", ".pt", ".pth", ".ckpt"],
            found: "pickled weights, which can run code when read", wayOut: savedAgain),
        OtherForm(
            endings: [".h5", ".msgpack"], found: "weights of TensorFlow or Flax",
            wayOut: " of PyTorch's"),
        OtherForm(
            endings: [".onnx", ".gguf", ".tflite"], found: "a model exported for another program",
            wayOut: ", the form that it was exported from"),
    ]
}
