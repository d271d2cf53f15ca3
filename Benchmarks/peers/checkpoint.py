"""An Offramp checkpoint's full model in PyTorch: the backbone and the head at the last depth."""
import json

import torch
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModel


class FullModel(torch.nn.Module):
    """Logits [texts, labels] of the last exit, a head of kind `mean`."""

    def __init__(self, backbone, classifier):
        super().__init__()
        self.backbone = backbone
        self.classifier = classifier

    def forward(self, input_ids, attention_mask):
        states = self.backbone(
            input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.classifier(pooled(states, attention_mask))


def pooled(states, attention_mask):
    """Mean and maximum over a text's tokens [texts, 2 * width]."""
    mask = attention_mask.unsqueeze(-1).to(states.dtype)
    mean = (states * mask).sum(1) / mask.sum(1)
    largest = (states - (1 - mask) * 1e4).amax(1)
    return torch.cat([mean, largest], dim=-1)


def full_model(folder, attention="eager"):
    """The model in float32, its rows widened by their scales."""
    config = AutoConfig.from_pretrained(folder)
    backbone = AutoModel.from_config(config, attn_implementation=attention)
    weights = widened(load_file(folder / "model.safetensors"))
    missing, unknown = backbone.load_state_dict(weights, strict=False)
    if unknown or any(not name.startswith("pooler.") for name in missing):
        raise SystemExit(f"{folder}: missing {missing}, unknown {unknown}")
    return FullModel(backbone, last_head(folder)).eval()


def widened(weights):
    """Float32 weights: an I8 row times its scale."""
    result = {}
    for name, weight in weights.items():
        if name.endswith((".scale", "position_ids")):
            continue
        scale = weights.get(f"{name}.scale")
        result[name] = weight.float() if scale is None else weight.float() * scale[:, None]
    return result


def last_head(folder):
    """The classifier at the full depth."""
    settings = json.loads((folder / "exits" / "offramp.json").read_text())
    if settings["head"] != "mean":
        raise SystemExit(f"{folder}: the heads are {settings['head']}, expected mean")
    weights = widened(load_file(folder / "exits" / "offramp.safetensors"))
    name = f"exits.{settings['depths'][-1]}.classifier"
    weight = weights[f"{name}.weight"]
    classifier = torch.nn.Linear(weight.shape[1], weight.shape[0])
    classifier.load_state_dict({"weight": weight, "bias": weights[f"{name}.bias"]})
    return classifier
