"""The engines that run the full model. A new one is a file here and a row in `ENGINES`.

An engine has a `name`, the `variants` it can run, the `model_types` where it cannot run every model,
`export(checkpoint, calibration)`, which writes what they need into its folder once, and
`workers(variant, count, threads)`: functions from a `sentences.Batch` to logits [texts, labels] that
may be called at the same time.
"""
from .ctranslate2_engine import CTranslate2Engine
from .onnxruntime_engine import OnnxRuntimeEngine
from .openvino_engine import OpenVinoEngine
from .pytorch_engine import PyTorchEngine

ENGINES = [PyTorchEngine, OnnxRuntimeEngine, CTranslate2Engine, OpenVinoEngine]
