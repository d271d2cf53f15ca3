#!/usr/bin/env python3
"""Write Tests/Fixtures/families: small classifiers of every family of encoders, with random weights, and
what Hugging Face and PyTorch compute with them; some hidden states of the real all-mpnet-base-v2.

    make backbone MODEL=all-mpnet-base-v2
    python3 Scripts/make-family-fixtures.py

Needs torch, transformers and safetensors.
"""
import pathlib

import torch
import transformers
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Fixtures" / "families"

# Ids of each text, and where its second segment starts.
TEXTS = [
    ([2, 17, 5, 40, 3], 5),
    ([2, 3], 2),
    ([2, 11, 12, 13, 14, 15, 3, 16, 17, 18, 19, 20, 3], 7),
    # Longer than the ranges of distances that MPNet tells apart.
    ([2] + [4 + number * 7 % 44 for number in range(150)] + [3], 152),
]
LABELS = [2, 0, 1, 1]
SMALL = dict(vocab_size=50, num_labels=3, max_position_embeddings=160, pad_token_id=0)
SIZES = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=20)
CONFIGURATIONS = {
    "bert": transformers.BertConfig(**SMALL, **SIZES),
    "distilbert": transformers.DistilBertConfig(
        **SMALL, dim=16, n_layers=2, n_heads=4, hidden_dim=20),
    "electra": transformers.ElectraConfig(**SMALL, **SIZES, embedding_size=12),
    "mpnet": transformers.MPNetConfig(
        **(SMALL | dict(pad_token_id=1)), **SIZES, layer_norm_eps=1e-5),
}


def model_of(name, configuration):
    torch.manual_seed(len(name))
    model = transformers.AutoModelForSequenceClassification.from_config(
        configuration, attn_implementation="eager").eval()
    # Far from the usual small start, so that no softmax is flat and no bias or gain idle.
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            is_gain = "norm" in name.lower() and name.endswith("weight")
            parameter.copy_(torch.randn_like(parameter) * 0.25 + is_gain)
    return model


def outputs(name, model, ids, second):
    """Of one text alone, so that no padding is involved."""
    inputs = dict(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids)))
    if name in ("bert", "electra"):
        types = [int(position >= second) for position in range(len(ids))]
        inputs["token_type_ids"] = torch.tensor([types])
    return model(**inputs, output_hidden_states=True)


def packed(texts):
    """The texts as float tensors, the one format that the tests read."""
    return {
        "ids": torch.tensor([i for ids, _ in texts for i in ids]),
        "lengths": torch.tensor([len(ids) for ids, _ in texts]),
        "seconds": torch.tensor([second for _, second in texts]),
    }


def golden(name, model):
    texts = [outputs(name, model, *text) for text in TEXTS]
    logits = torch.cat([text.logits for text in texts])
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(LABELS))
    loss.backward()
    tensors = packed(TEXTS) | {"labels": torch.tensor(LABELS), "logits": logits}
    for depth in range(3):
        tensors[f"states.{depth}"] = torch.cat([text.hidden_states[depth][0] for text in texts])
    for parameter, value in model.named_parameters():
        tensors[f"gradient.{parameter}"] = value.grad
    return tensors


def write(path, tensors):
    save_file({key: value.detach().float().contiguous() for key, value in tensors.items()}, path)


def real_states():
    """Of every depth and text, some columns of the first token's state and of the mean state."""
    folder = ROOT / "backbones" / "all-mpnet-base-v2"
    model = transformers.MPNetModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="eager").eval()
    generator = torch.Generator().manual_seed(3)
    texts = [
        [0] + torch.randint(1000, 30000, (length,), generator=generator).tolist() + [2]
        for length in (5, 1, 60, 510)]
    with torch.no_grad():
        states = [
            model(torch.tensor([ids]), output_hidden_states=True).hidden_states for ids in texts]
    columns = list(range(0, 768, 48))
    return packed([(ids, len(ids)) for ids in texts]) | {
        "states": torch.stack([
            torch.cat([text[depth][0, 0, columns], text[depth][0].mean(0)[columns]])
            for depth in range(13) for text in states])}


def main():
    torch.set_num_threads(1)
    write(TARGET / "mpnet-states.safetensors", real_states())
    for name, configuration in CONFIGURATIONS.items():
        model = model_of(name, configuration)
        model.save_pretrained(TARGET / name)
        write(TARGET / name / "golden.safetensors", golden(name, model))


if __name__ == "__main__":
    main()
