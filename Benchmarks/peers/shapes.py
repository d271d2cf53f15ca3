"""Models of other shapes with random weights, and texts of one length for them.

What such a model answers means nothing, but how long it takes does. The labels of dev.tsv are
PyTorch's answers, so that an engine's accuracy says how often it agrees with float32; train.tsv
serves calibration alone.
"""
import json
import shutil

import torch
from safetensors.torch import save_file
from transformers import BertConfig, BertModel

import glue
import sentences
from checkpoint import full_model

SEED = 7
TOKENS = 128
SPECIAL_TOKENS = 2
ROWS = {"dev": 64, "train": 300}
BATCH = 8
SHAPES = {
    "bert-base": {
        "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
        "intermediate_size": 3072},
}


def prepare(options):
    """Point the options at the checkpoint and the texts of a shape, made on first use."""
    folder = options.cache / "shapes" / options.shape
    checkpoint, data = folder / "checkpoint", folder / "data"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        (checkpoint / "exits").mkdir(parents=True)
        data.mkdir()
        texts = texts_of_one_length(options)
        write_checkpoint(options.checkpoint, SHAPES[options.shape], checkpoint)
        write_data(data / "train.tsv", texts["train"], [0] * ROWS["train"])
        write_data(data / "dev.tsv", texts["dev"], balanced_answers(checkpoint, texts["dev"]))
        (folder / "complete").touch()
    options.checkpoint, options.data = checkpoint, data


def texts_of_one_length(options):
    """Texts of words that are one piece each, in the order of the training file."""
    rows = sentences.encode(options.checkpoint, [
        (word, 0) for text, _ in glue.read(options.data / "train.tsv")[:20_000]
        for word in text.split()])
    vocabulary = (options.checkpoint / "vocab.txt").read_text(encoding="utf-8").splitlines()
    words = iter([vocabulary[ids[1]] for ids, _ in rows if len(ids) == 1 + SPECIAL_TOKENS])
    return {
        name: [" ".join(next(words) for _ in range(TOKENS - SPECIAL_TOKENS)) for _ in range(count)]
        for name, count in ROWS.items()}


def write_checkpoint(source, shape, folder):
    """A folder with the tokenizer of another one, random weights and a head at the full depth."""
    torch.manual_seed(SEED)
    config = BertConfig.from_pretrained(source)
    config.update(shape)
    config.save_pretrained(folder)
    shutil.copy(source / "vocab.txt", folder)
    shutil.copy(source / "tokenizer_config.json", folder)
    save_file(BertModel(config, add_pooling_layer=False).state_dict(), folder / "model.safetensors")
    settings = {
        "format": 1, "method": "offramp", "head": "mean", "depths": [config.num_hidden_layers],
        "temperatures": [1], "policy": "full", "precision": "int8"}
    (folder / "exits" / "offramp.json").write_text(json.dumps(settings))
    classifier = torch.nn.Linear(2 * config.hidden_size, 2)
    write_head(folder, config.num_hidden_layers, classifier.weight, classifier.bias)


def write_head(folder, depth, weight, bias):
    name = f"exits.{depth}.classifier"
    save_file({f"{name}.weight": weight.detach(), f"{name}.bias": bias.detach()},
              folder / "exits" / "offramp.safetensors")


def balanced_answers(folder, texts):
    """Each text's label, the bias shifted so that half of them get either: random heads have a
    favourite."""
    model = full_model(folder)
    differences = logits(folder, model, texts).diff(dim=1).flatten()
    middle = differences.median()
    bias = model.classifier.bias + torch.stack([middle, -middle]) / 2
    write_head(folder, model.backbone.config.num_hidden_layers, model.classifier.weight, bias)
    return (differences > middle).int().tolist()


@torch.inference_mode()
def logits(folder, model, texts):
    """Of each text, in their order."""
    encoded = sentences.encode(folder, [(text, 0) for text in texts])
    batches = [sentences.Batch(encoded[start : start + BATCH])
               for start in range(0, len(encoded), BATCH)]
    return torch.cat([
        model(*map(torch.from_numpy, (batch.ids, batch.mask)))
        for batch in batches])


def write_data(path, texts, labels):
    lines = ["sentence\tlabel", *(f"{text}\t{label}" for text, label in zip(texts, labels))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
