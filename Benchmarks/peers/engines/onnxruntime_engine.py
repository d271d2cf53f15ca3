import onnxruntime
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from checkpoint import full_model

from . import onnx_export


class OnnxRuntimeEngine:
    name = "ONNX Runtime"
    variants = ["float32", "fused", "int8", "fused int8", "fused uint8"]

    def __init__(self, folder):
        self.folder = folder

    def path(self, variant):
        return self.folder / f"{variant.replace(' ', '-')}.onnx"

    def export(self, checkpoint, calibration):
        """The plain model, the one with transformer fusions, and both with dynamic int8."""
        onnx_export.export(checkpoint, self.path("float32"))
        self.fuse(full_model(checkpoint).backbone.config)
        self.quantize("float32", "int8", QuantType.QInt8)
        self.quantize("fused", "fused int8", QuantType.QInt8)
        self.quantize("fused", "fused uint8", QuantType.QUInt8)

    def fuse(self, config):
        if self.path("fused").exists():
            return
        model = optimize_model(
            str(self.path("float32")), "bert", num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size, optimization_options=FusionOptions("bert"))
        print(f"  fused operators: {model.get_fused_operator_statistics()}")
        model.save_model_to_file(str(self.path("fused")))

    def quantize(self, source, target, weights):
        if not self.path(target).exists():
            quantize_dynamic(
                str(self.path(source)), str(self.path(target)), weight_type=weights,
                per_channel=weights == QuantType.QInt8,
                # The fused operators are not the standard's, so their types cannot be inferred.
                extra_options={"DefaultTensorType": TensorProto.FLOAT})

    def workers(self, variant, count, threads):
        return [self.worker(variant, threads) for _ in range(count)]

    def worker(self, variant, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(self.path(variant)), options, providers=["CPUExecutionProvider"])
        return lambda batch: session.run(["logits"], onnx_export.feed(batch))[0]
