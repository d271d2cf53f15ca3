"""The full model as an ONNX file, which ONNX Runtime and OpenVINO both start from."""
import torch

from checkpoint import full_model

INPUTS = ["input_ids", "attention_mask"]


def export(checkpoint, path):
    """Write the float32 model with free batch and length."""
    if path.exists():
        return
    example = torch.ones(2, 8, dtype=torch.long)
    with torch.inference_mode():
        torch.onnx.export(
            full_model(checkpoint), (example, example), str(path),
            input_names=INPUTS, output_names=["logits"], opset_version=17, dynamo=False,
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in INPUTS},
        )


def feed(batch):
    """A batch under the names of the model's inputs."""
    return dict(zip(INPUTS, (batch.ids, batch.mask)))
