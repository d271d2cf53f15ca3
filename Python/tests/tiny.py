"""A BERT of two narrow layers with random weights, as Hugging Face's folders have it."""
import json

import numpy

WIDTH, INNER, LAYERS, LABELS = 64, 128, 2, 3
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "film", "dull", "warm"]


def write(folder, task):
    outputs = 1 if task == "regression" else LABELS
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n")
    (folder / "config.json").write_text(json.dumps({
        "architectures": ["BertForSequenceClassification"], "model_type": "bert",
        "vocab_size": len(WORDS), "hidden_size": WIDTH, "num_hidden_layers": LAYERS,
        "num_attention_heads": 2, "intermediate_size": INNER, "hidden_act": "gelu",
        "max_position_embeddings": 64, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
        "problem_type": task, "id2label": {str(label): f"topic {label}" for label in range(outputs)}}))
    save(folder / "model.safetensors", tensors(outputs))


def tensors(outputs):
    random = numpy.random.default_rng(0)
    found = {}

    def linear(name, rows, columns):
        found[f"{name}.weight"] = random.normal(0, 0.2, (rows, columns))
        found[f"{name}.bias"] = random.normal(0, 0.2, rows)

    def norm(name):
        found[f"{name}.weight"], found[f"{name}.bias"] = numpy.ones(WIDTH), numpy.zeros(WIDTH)

    for name, rows in ("word", len(WORDS)), ("position", 64), ("token_type", 2):
        found[f"bert.embeddings.{name}_embeddings.weight"] = random.normal(0, 1, (rows, WIDTH))
    norm("bert.embeddings.LayerNorm")
    for layer in range(LAYERS):
        place = f"bert.encoder.layer.{layer}"
        for part in "query", "key", "value":
            linear(f"{place}.attention.self.{part}", WIDTH, WIDTH)
        linear(f"{place}.attention.output.dense", WIDTH, WIDTH)
        norm(f"{place}.attention.output.LayerNorm")
        linear(f"{place}.intermediate.dense", INNER, WIDTH)
        linear(f"{place}.output.dense", WIDTH, INNER)
        norm(f"{place}.output.LayerNorm")
    linear("bert.pooler.dense", WIDTH, WIDTH)
    linear("classifier", outputs, WIDTH)
    return found


def save(path, values):
    """The safetensors format: the header's length, the header, the numbers."""
    header, data = {}, b""
    for name, value in values.items():
        part = value.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape),
                        "data_offsets": [len(data), len(data) + len(part)]}
        data += part
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
