"""Plain fine-tuning in PyTorch: the last exit alone, mean and maximum of its states, a linear map.

    train_reference.py BACKBONE DATA TASK RATE SEED

Prints what held-out rows and dev rows give, as JSON.
"""
import json
import pathlib
import random
import resource
import sys
import time

import numpy
import torch
from sklearn.metrics import matthews_corrcoef
from transformers import AutoModel, AutoTokenizer

from checkpoint import pooled
from tasks import TASKS, held_out

EPOCHS, BATCH, WARM_UP, DECAY = 3, 32, 0.06, 0.01
MOST_TOKENS = 256
# Only where the processor multiplies in bfloat16: emulated, it takes longer than float32.
HALF = torch.ops.mkldnn._is_mkldnn_bf16_supported()


class Classifier(torch.nn.Module):
    def __init__(self, backbone, outputs):
        super().__init__()
        self.backbone = AutoModel.from_pretrained(backbone)
        width = self.backbone.config.hidden_size
        self.dropout = torch.nn.Dropout(self.backbone.config.hidden_dropout_prob)
        self.classifier = torch.nn.Linear(2 * width, outputs)
        torch.nn.init.normal_(self.classifier.weight, std=0.02)
        torch.nn.init.zeros_(self.classifier.bias)

    def forward(self, batch):
        states = self.backbone(**batch).last_hidden_state
        return self.classifier(self.dropout(pooled(states, batch["attention_mask"])))


def main(backbone, data, name, rate, seed):
    task = TASKS[name]
    torch.manual_seed(seed)
    rows = task.rows(pathlib.Path(data), "train")
    labels = None if task.is_regression else sorted({row[2] for row in rows})
    train, chosen_by = held_out(rows)
    tokenizer = AutoTokenizer.from_pretrained(backbone)
    sets = {key: encoded(tokenizer, rows, labels) for key, rows in (
        ("train", train), ("held_out", chosen_by), ("dev", task.rows(pathlib.Path(data), "dev")))}
    model = Classifier(backbone, len(labels) if labels else 1)
    start = time.time()
    fit(model, tokenizer, sets["train"], rate, seed)
    seconds = time.time() - start
    print(json.dumps({
        "held_out": quality(model, tokenizer, sets["held_out"], task.metric),
        "dev": quality(model, tokenizer, sets["dev"], task.metric), "seconds": seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def encoded(tokenizer, rows, labels):
    texts = [row[0] for row in rows]
    pairs = [row[1] for row in rows] if rows[0][1] is not None else None
    ids = tokenizer(texts, pairs, truncation=True, max_length=MOST_TOKENS)
    answers = [labels.index(row[2]) if labels else row[2] for row in rows]
    return [({key: ids[key][index] for key in ids}, answer)
            for index, answer in enumerate(answers)]


def fit(model, tokenizer, rows, rate, seed):
    plain = [p for n, p in model.named_parameters() if "bias" in n or "LayerNorm" in n]
    decayed = [p for n, p in model.named_parameters() if "bias" not in n and "LayerNorm" not in n]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0}],
        lr=rate, fused=True)
    steps = EPOCHS * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(
        (step + 1) / max(WARM_UP * steps, 1), (steps - step) / (steps - WARM_UP * steps)))
    shuffler = random.Random(seed)
    model.train()
    for _ in range(EPOCHS):
        shuffler.shuffle(rows)
        for start in range(0, len(rows), BATCH):
            batch, answers = padded(tokenizer, rows[start : start + BATCH])
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
                logits = model(batch)
            if answers.is_floating_point():
                loss = torch.nn.functional.mse_loss(logits.float()[:, 0], answers)
            else:
                loss = torch.nn.functional.cross_entropy(logits.float(), answers)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
    model.eval()


def padded(tokenizer, rows):
    # A few lengths instead of many, as every new one makes oneDNN compile its kernels again.
    batch = tokenizer.pad([ids for ids, _ in rows], pad_to_multiple_of=16, return_tensors="pt")
    answers = torch.tensor([answer for _, answer in rows])
    return dict(batch), answers


@torch.inference_mode()
def quality(model, tokenizer, rows, metric):
    logits = torch.cat([model(padded(tokenizer, rows[start : start + 64])[0])
                        for start in range(0, len(rows), 64)]).numpy()
    answers = numpy.array([answer for _, answer in rows])
    if metric == "pearson":
        return float(numpy.corrcoef(logits[:, 0], answers)[0, 1])
    given = logits.argmax(1)
    if metric == "matthews_correlation":
        return float(matthews_corrcoef(answers, given))
    return float((given == answers).mean())


if __name__ == "__main__":
    main(*sys.argv[1:4], float(sys.argv[4]), int(sys.argv[5]))
