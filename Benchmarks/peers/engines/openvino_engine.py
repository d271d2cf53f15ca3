import nncf
import openvino

from . import onnx_export

CALIBRATION_TEXTS = 300


class OpenVinoEngine:
    name = "OpenVINO"
    # The file of each variant, and the precision of what is not quantised.
    variants = {
        "float32": ("float32", "f32"),
        "bf16": ("float32", "bf16"),
        "int8": ("int8", "f32"),
        "int8 + bf16": ("int8", "bf16"),
    }

    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return self.folder / f"{name}.xml"

    def export(self, checkpoint, calibration):
        """The float model and NNCF's int8 one; NNCF applies SmoothQuant to transformers."""
        source = self.folder / "source.onnx"
        onnx_export.export(checkpoint, source)
        if not self.path("float32").exists():
            openvino.save_model(
                openvino.convert_model(source), self.path("float32"), compress_to_fp16=False)
        if not self.path("int8").exists():
            openvino.save_model(self.quantized(calibration), self.path("int8"))

    def quantized(self, calibration):
        model = openvino.Core().read_model(self.path("float32"))
        texts = nncf.Dataset(calibration[:CALIBRATION_TEXTS], onnx_export.feed)
        return nncf.quantize(
            model, texts, model_type=nncf.ModelType.TRANSFORMER, subset_size=CALIBRATION_TEXTS,
            preset=nncf.QuantizationPreset.MIXED,
            advanced_parameters=nncf.AdvancedQuantizationParameters(
                smooth_quant_alphas=nncf.AdvancedSmoothQuantParameters(matmul=0.5)))

    def workers(self, variant, count, threads):
        file, precision = self.variants[variant]
        compiled = openvino.Core().compile_model(self.path(file), "CPU", {
            "NUM_STREAMS": str(count), "INFERENCE_NUM_THREADS": str(count * threads),
            "INFERENCE_PRECISION_HINT": precision,
            "PERFORMANCE_HINT": "THROUGHPUT" if count > 1 else "LATENCY"})
        return [self.worker(compiled.create_infer_request()) for _ in range(count)]

    def worker(self, request):
        return lambda batch: request.infer(onnx_export.feed(batch), share_inputs=True)[0].copy()
