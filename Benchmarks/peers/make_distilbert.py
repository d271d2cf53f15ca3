"""A DistilBERT classifier: make_distilbert.py BACKBONE DATA OUTPUT [ROWS].

No package within easy reach holds the weights of one. So this takes a BERT backbone, gives its tensors
DistilBERT's names, adds the first segment to every position, as DistilBERT knows no segments, and fine-tunes
the result with transformers on the first rows of DATA/sst2/train.tsv for an epoch. It prints the accuracy on
dev, and leaves a folder as `save_pretrained` writes it.
"""
import pathlib
import random
import sys

import torch
from safetensors.torch import load_file
from transformers import (AutoTokenizer, BertConfig, DistilBertConfig,
                          DistilBertForSequenceClassification)

from tasks import TASKS

BATCH, RATE, LENGTH = 32, 1e-4, 128
NAMES = {
    "encoder.layer": "transformer.layer", "attention.self.query": "attention.q_lin",
    "attention.self.key": "attention.k_lin", "attention.self.value": "attention.v_lin",
    "attention.output.dense": "attention.out_lin", "attention.output.LayerNorm": "sa_layer_norm",
    "intermediate.dense": "ffn.lin1", "output.dense": "ffn.lin2",
    "output.LayerNorm": "output_layer_norm",
}


def distilbert(backbone):
    config = BertConfig.from_pretrained(backbone)
    weights = load_file(backbone / "model.safetensors")
    segments = weights.pop("embeddings.token_type_embeddings.weight")
    weights["embeddings.position_embeddings.weight"] += segments[0]
    model = DistilBertForSequenceClassification(DistilBertConfig(
        vocab_size=config.vocab_size, dim=config.hidden_size, n_layers=config.num_hidden_layers,
        n_heads=config.num_attention_heads, hidden_dim=config.intermediate_size,
        max_position_embeddings=config.max_position_embeddings, num_labels=2,
        id2label={0: "negative", 1: "positive"}, label2id={"negative": 0, "positive": 1}))
    missing, unknown = model.distilbert.load_state_dict(
        {renamed(name): value for name, value in weights.items()
         if not name.startswith("pooler") and "position_ids" not in name}, strict=False)
    if missing or unknown:
        raise SystemExit(f"missing {missing}, unknown {unknown}")
    return model


def renamed(name):
    for old, new in NAMES.items():
        name = name.replace(old, new)
    return name


def batches(tokenizer, rows):
    for start in range(0, len(rows), BATCH):
        part = rows[start:start + BATCH]
        inputs = tokenizer([row[0] for row in part], truncation=True, max_length=LENGTH,
                           padding=True, return_tensors="pt", return_token_type_ids=False)
        yield inputs, torch.tensor([int(row[2]) for row in part])


def accuracy(model, tokenizer, rows):
    model.eval()
    with torch.no_grad():
        right = sum((model(**inputs).logits.argmax(-1) == labels).sum().item()
                    for inputs, labels in batches(tokenizer, rows))
    return right / len(rows)


def main(backbone, data, output, rows=10_000):
    torch.manual_seed(1)
    backbone, task = pathlib.Path(backbone), TASKS["sst2"]
    tokenizer = AutoTokenizer.from_pretrained(backbone)
    model = distilbert(backbone).train()
    train = task.rows(pathlib.Path(data), "train")[:int(rows)]
    random.Random(1).shuffle(train)
    steps = -(-len(train) // BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.01, steps)
    for inputs, labels in batches(tokenizer, train):
        model(**inputs, labels=labels).loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
    model.save_pretrained(output)
    tokenizer.save_pretrained(output)
    dev = task.rows(pathlib.Path(data), "dev")
    print(f"{accuracy(model, tokenizer, dev):.4f} accuracy on {len(dev)} rows of dev")


if __name__ == "__main__":
    main(*sys.argv[1:])
