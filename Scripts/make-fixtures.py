#!/usr/bin/env python3
"""Write Tests/Fixtures/encoder: golden values of Hugging Face's BERT and of PyTorch's gradients;
and Tests/Fixtures/safetensors: a file of their library. Check that the library reads one of ours.

    python3 Scripts/make-fixtures.py

Needs torch, transformers, safetensors, and the real backbone that Scripts/fetch-backbone brings
(or the folder that OFFRAMP_BACKBONE names). The values on SST-2 also need OFFRAMP_DATA; only hidden
states are kept of it, none of its text.
"""
import os
import pathlib

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer, BertConfig, BertModel

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Fixtures" / "encoder"
FILES = ROOT / "Tests" / "Fixtures" / "safetensors"
BACKBONE = os.environ.get("OFFRAMP_BACKBONE", str(ROOT / "backbones" / "all-MiniLM-L6-v2"))

# What the tiny model reads: ids of each text, and where its second segment starts.
TINY_TEXTS = [
    ([2, 17, 5, 40, 3], 5),
    ([2, 3], 2),
    ([2, 11, 12, 13, 14, 15, 3, 16, 17, 18, 19, 20, 3], 7),
    ([2], 1),
    ([2, 9, 3, 9, 3], 3),
    ([2] + list(range(30, 44)) + [3], 16),
]
TINY_LABELS = [2, 0, 1, 1, 0, 2]

REAL_TEXTS = [
    ("The kettle sang before anyone had thought of tea.", None),
    ("No.", None),
    ("Three of the four engines failed, and the pilot kept joking!", None),
    ("It rains.", "Nobody left the house without an umbrella."),
    ("What a dreadful, endless, joyless afternoon at the museum of spoons", None),
    ("Where is the harbour?", "The harbour lies two miles south of the old lighthouse."),
    ("she sells 1,024 sea-shells @ £3.50 each (naïve pricing)", None),
    ("", None),
    ("One short text, one long one: " + "and then they walked on, " * 20, None),
]
# Spread over the width, so that every head and lane shows.
REAL_COLUMNS = list(range(0, 384, 48))


def write(name, tensors):
    save_file({key: value.float().contiguous() for key, value in tensors.items()}, TARGET / name)


def packed(texts):
    """The texts as float tensors, the one format that the tests read."""
    return {
        "ids": torch.tensor([i for ids, _ in texts for i in ids]),
        "lengths": torch.tensor([len(ids) for ids, _ in texts]),
        "seconds": torch.tensor([second for _, second in texts]),
    }


def hidden_states(model, ids, second):
    """The states of every depth of one text run alone, so that no padding is involved."""
    types = [int(position >= second) for position in range(len(ids))]
    output = model(
        input_ids=torch.tensor([ids]), token_type_ids=torch.tensor([types]),
        attention_mask=torch.ones(1, len(ids)), output_hidden_states=True)
    return [state[0] for state in output.hidden_states]


def tiny_model():
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=50, hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=52, max_position_embeddings=16, type_vocab_size=2)
    model = BertModel(config, add_pooling_layer=False).eval()
    # Far from the usual small start, so that no softmax is flat and no bias or gain idle.
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            centre = 1 if name.endswith("LayerNorm.weight") else 0
            parameter.copy_(torch.randn_like(parameter) * 0.25 + centre)
    return model


def tiny_states(model, activation):
    """Hidden states of all texts for one activation: `states.<activation>.<depth>`."""
    model.config.hidden_act = activation
    other = BertModel(model.config, add_pooling_layer=False).eval()
    other.load_state_dict(model.state_dict())
    with torch.no_grad():
        texts = [hidden_states(other, *text) for text in TINY_TEXTS]
    return {
        f"states.{activation}.{depth}": torch.cat([text[depth] for text in texts])
        for depth in range(3)
    }


def tiny_step(model):
    """One training step: cross-entropy of a head at every depth, summed, and all gradients."""
    torch.manual_seed(2)
    heads = torch.nn.ModuleList([torch.nn.Linear(size, 3) for size in (64, 32, 32)])
    texts = [hidden_states(model, *text) for text in TINY_TEXTS]
    # Depth 0 is read by mean and maximum, the others by their first token.
    pooled = [
        torch.stack([torch.cat([text[0].mean(0), text[0].amax(0)]) for text in texts]),
        torch.stack([text[1][0] for text in texts]),
        torch.stack([text[2][0] for text in texts]),
    ]
    labels = torch.tensor(TINY_LABELS)
    loss = sum(
        torch.nn.functional.cross_entropy(head(x), labels) for head, x in zip(heads, pooled))
    loss.backward()
    tensors = {"loss": loss.detach().reshape(1), "labels": labels}
    for name, parameter in heads.named_parameters(prefix="heads"):
        tensors[name] = parameter.detach()
        tensors[f"gradient.{name}"] = parameter.grad
    for name, parameter in model.named_parameters():
        tensors[f"gradient.{name}"] = parameter.grad
    return tensors


def make_tiny():
    model = tiny_model()
    model.save_pretrained(TARGET / "tiny")
    step = tiny_step(model)
    states = packed(TINY_TEXTS)
    for activation in ("gelu", "gelu_new", "relu"):
        states |= tiny_states(model, activation)
    write("tiny-states.safetensors", states)
    write("tiny-step.safetensors", step)


def summaries(model, texts):
    """Some columns of the first token's state and of the mean state: `[depths * texts, 16]`."""
    with torch.no_grad():
        states = [hidden_states(model, *text) for text in texts]
    return torch.stack([
        torch.cat([text[depth][0, REAL_COLUMNS], text[depth].mean(0)[REAL_COLUMNS]])
        for depth in range(len(states[0])) for text in states
    ])


def encode(tokenizer, first, second=None):
    encoding = tokenizer(first, second)
    types = encoding["token_type_ids"]
    return encoding["input_ids"], types.index(1) if 1 in types else len(types)


def sst2_sentences(count):
    path = os.path.join(os.environ["OFFRAMP_DATA"], "sst2", "dev.tsv")
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t")[0] for line in lines][1 : count + 1]


def make_real():
    tokenizer = AutoTokenizer.from_pretrained(BACKBONE)
    tokenizer.model_max_length = 512
    model = BertModel.from_pretrained(
        BACKBONE, add_pooling_layer=False, attn_implementation="eager").eval()
    texts = [encode(tokenizer, *text) for text in REAL_TEXTS]
    # The longest text that the model takes.
    generator = torch.Generator().manual_seed(3)
    longest = torch.randint(1000, 30000, (512,), generator=generator).tolist()
    texts.append((longest, 512))
    write("real-states.safetensors", packed(texts) | {"states": summaries(model, texts)})
    if "OFFRAMP_DATA" in os.environ:
        texts = [encode(tokenizer, sentence) for sentence in sst2_sentences(100)]
        write("sst2-states.safetensors", {"states": summaries(model, texts)})


VALUES = torch.tensor([[0, -1, 0.5], [3, -0.25, 100]])


def make_theirs():
    tensors = {
        "F32": VALUES, "F16": VALUES.half(), "BF16": VALUES.bfloat16(),
        "position_ids": torch.arange(5), "cube": VALUES.reshape(1, 2, 3).clone(),
        "scalar": torch.tensor(7.0), "empty": torch.zeros(0, 3),
        "weight": torch.tensor([[127, -127, 0], [1, 2, 3]], dtype=torch.int8),
        "weight.scale": torch.tensor([0.5, 0.5]),
    }
    save_file(tensors, FILES / "theirs.safetensors", metadata={"format": "pt", "by": "them"})


def check_ours():
    """SafetensorsExchangeTests writes this file again, byte by byte."""
    ours = load_file(FILES / "ours.safetensors")
    for name, kind in (("F32", torch.float32), ("F16", torch.float16), ("BF16", torch.bfloat16)):
        assert ours[name].dtype == kind and torch.equal(ours[name].float(), VALUES), name
    assert torch.equal(ours["vector"], VALUES.flatten())
    restored = ours["I8"].float() * ours["I8.scale"][:, None]
    assert (restored - VALUES).abs().max() <= 50 / 127


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    make_tiny()
    make_real()
    FILES.mkdir(parents=True, exist_ok=True)
    make_theirs()
    check_ours()
    for path in sorted([*TARGET.rglob("*.*"), *FILES.iterdir()]):
        print(f"{path.stat().st_size:8} {path.relative_to(ROOT)}")
