#!/usr/bin/env python3
"""Write Tests/Fixtures/training: golden values of PyTorch's losses, gradients and optimisers, and of
Hugging Face's BertForSequenceClassification.

    python3 Scripts/make-training-fixtures.py

Needs torch, transformers and safetensors.
"""
import pathlib

import torch
from safetensors.torch import save_file
from torch.nn import functional
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

TARGET = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "training"
CLASSIFIER = TARGET / "classifier"

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = """good bad fine poor great dull warm cold a the was is it film play song meal day not
very so but and we they saw heard liked left early late""".split()
# A text, its second text, its label.
TEXTS = [
    ("the film was good", None, 2), ("it was a dull play", None, 0), ("not so bad", None, 1),
    ("we liked the song", "they left early", 1), ("cold", None, 0), ("", None, 1),
    ("a great meal and a warm day but the play was very late", None, 2),
]
STEPS, WARMUP, RATE, HEAD_FACTOR, DECAY, LARGEST_NORM = 6, 2, 1e-3, 5, 0.1, 1.0


def write(name, tensors):
    save_file(
        {key: value.detach().float().contiguous() for key, value in tensors.items()},
        TARGET / name)


def classifier():
    config = BertConfig(
        vocab_size=len(SPECIAL + WORDS), hidden_size=16, num_hidden_layers=2,
        num_attention_heads=2, intermediate_size=24, max_position_embeddings=20,
        id2label={0: "bad", 1: "fair", 2: "good"}, label2id={"bad": 0, "fair": 1, "good": 2})
    model = BertForSequenceClassification(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            centre = 1 if name.endswith("LayerNorm.weight") else 0
            parameter.copy_(torch.randn_like(parameter) * 0.3 + centre)
    return model


def states(model, tokenizer, text, pair):
    encoding = tokenizer(text, pair, return_tensors="pt")
    return model.bert(**encoding, output_hidden_states=True), encoding


def make_classifier():
    CLASSIFIER.mkdir(parents=True, exist_ok=True)
    (CLASSIFIER / "vocab.txt").write_text("".join(piece + "\n" for piece in SPECIAL + WORDS))
    tokenizer = BertTokenizer(str(CLASSIFIER / "vocab.txt"))
    model = classifier()
    model.save_pretrained(CLASSIFIER)
    with torch.no_grad():
        logits = [model(**tokenizer(a, b, return_tensors="pt")).logits[0] for a, b, _ in TEXTS]
    write("classifier-logits.safetensors", {"logits": torch.stack(logits)})
    return model, tokenizer


def kl(logits, teacher, temperature):
    return functional.kl_div(
        functional.log_softmax(logits / temperature, -1),
        functional.softmax(teacher.detach() / temperature, -1), reduction="batchmean")


def distil_and_label(exits, own, divergence, share, temperature, weight):
    inner = sum(
        weight * ((1 - share) * own(z) + share * temperature**2 * divergence(z)) for z in exits[:-1])
    return own(exits[-1]) + inner


def objectives(exits, own, between, distil_temperature, scores):
    """Every objective's loss; `between(z, teacher, T)` is the distance of two answers."""
    divergence = lambda z, t: between(z, exits[-1], t)
    together = sum(exits) / len(exits)
    plain = [own(z) for z in exits]
    temperatures = (2, 3) if distil_temperature else (1, 1)
    return {
        "final": plain[-1],
        "equal": sum(plain),
        "inner": sum(plain[:-1]),
        "by-depth": sum((i + 1) * loss for i, loss in enumerate(plain)) / 6,
        "entrance": plain[0] + 0.65 * plain[1] + 0.3 * plain[2],
        "ramped": sum(
            (0.01 + 0.25 * (i / 3 - 0.01)) * loss for i, loss in enumerate(plain[:-1], 1))
        + plain[-1],
        "scores": plain[-1] + scores,
        "given": 0.5 * plain[0] + 2 * plain[2],
        "distil": sum(divergence(z, 1) for z in exits[:-1]),
        "distil-warm": sum(divergence(z, 2.5) for z in exits[:-1]),
        "distil-label": distil_and_label(
            exits, own, lambda z: divergence(z, temperatures[0]), 0.5, temperatures[0], 1),
        "romebert": distil_and_label(
            exits, own, lambda z: divergence(z, temperatures[1]), 0.9, temperatures[1], 0.7),
        "distil-ensemble": sum(
            0.5 * own(z) + 0.5 * temperatures[0]**2 * between(z, together, temperatures[0])
            for z in exits),
    }


def ponder(exits, signals, mixture_loss, price=0.01, slack=0.01):
    """ACT by Graves's formulas, text by text: N, the remainder R, and what the exits say together."""
    shares, cost = torch.zeros(len(exits), len(signals[0])), 0
    for text in range(len(signals[0])):
        halting = [u[text, 0] for u in signals]
        sums = [sum(halting[: n + 1]) for n in range(len(exits))]
        last = next((n for n, s in enumerate(sums) if s >= 1 - slack), len(exits) - 1)
        rest = 1 - sum(halting[:last])
        for n in range(last):
            shares[n, text] = halting[n]
        shares[last, text] = rest
        cost = cost + (last + 1 + rest) / len(signals[0])
    return mixture_loss(shares) + price * cost


def expected(signals, losses, rate=0.1, weight=0.5):
    """PonderNet: the expected loss, and KL(p || truncated geometric distribution)."""
    h = torch.cat(signals, 1)[:, :-1]
    stay = torch.cat([torch.ones(len(h), 1), torch.cumprod(1 - h, 1)], 1)
    p = torch.cat([h * stay[:, :-1], stay[:, -1:]], 1)
    prior = torch.tensor([rate, rate * (1 - rate), (1 - rate) ** 2]).expand_as(p)
    kl = functional.kl_div(prior.log(), p, reduction="batchmean")
    return (p * torch.stack(losses, 1)).sum(1).mean() + weight * kl


def bernoulli_kl(z, teacher, temperature):
    """The mean over all labels of the divergence of two coins."""
    p, q = (torch.sigmoid(x / temperature) for x in (teacher.detach(), z))
    return (p * (p / q).log() + (1 - p) * ((1 - p) / (1 - q)).log()).mean()


def score_loss(exits, signals, wrong):
    """How far each exit's score is from how wrong it is."""
    return sum(functional.mse_loss(u[:, 0], wrong(z.detach()))
               for z, u in zip(exits, signals)) / len(exits)


def make_objectives():
    labels, values = torch.tensor([2, 0, 1, 1, 0]), torch.tensor([0.5, 3, -1, 4.25, 0])
    sets = torch.tensor([[0, 1, 1], [1, 0, 0], [0, 0, 0], [1, 1, 1], [0, 1, 0]]).float()
    tensors = {"labels": labels, "values": values, "sets": sets}
    own_random = torch.Generator().manual_seed(5)
    signals = [torch.rand(5, 1, generator=own_random).requires_grad_() for _ in range(3)]
    for exit, u in enumerate(signals):
        tensors[f"signals.{exit}"] = u.detach()
    for task, columns in (("labels", 3), ("values", 1), ("sets", 3)):
        random = own_random if task == "sets" else None
        start = [2 * torch.randn(5, columns, generator=random) for _ in range(3)]
        for exit, z in enumerate(start):
            tensors[f"{task}.logits.{exit}"] = z
        exits = [z.clone().requires_grad_() for z in start]
        if task == "labels":
            own = lambda z, **how: functional.cross_entropy(z, labels, **how)
            mixture = lambda p: functional.nll_loss(
                sum(w[:, None] * z.softmax(1) for w, z in zip(p, exits)).log(), labels)
            between = kl
            wrong = lambda z: (z.argmax(1) != labels).float()
        elif task == "sets":
            own = lambda z, reduction="mean": functional.binary_cross_entropy_with_logits(
                z, sets, reduction=reduction)
            mixture = lambda p: functional.binary_cross_entropy(
                sum(w[:, None] * z.sigmoid() for w, z in zip(p, exits)), sets)
            between = bernoulli_kl
            wrong = lambda z: ((z > 0).float() != sets).any(1).float()
        else:
            own = lambda z, **how: functional.mse_loss(z[:, 0], values, **how)
            mixture = lambda p: functional.mse_loss(
                sum(w * z[:, 0] for w, z in zip(p, exits)), values)
            between = lambda z, teacher, t: functional.mse_loss(z, teacher.detach())
            wrong = lambda z: torch.tanh((z[:, 0] - values).abs())
        losses = objectives(
            exits, own, between, task != "values", score_loss(exits, signals, wrong))
        per_text = [own(z, reduction="none").reshape(5, -1).mean(1) for z in exits]
        losses["ponder"] = ponder(exits, signals, mixture)
        losses["expected"] = expected(signals, per_text)
        for name, loss in losses.items():
            gradients = torch.autograd.grad(
                loss, exits + signals, retain_graph=True, allow_unused=True,
                materialize_grads=True)
            tensors[f"{task}.{name}.loss"] = loss.reshape(1)
            for exit in range(3):
                tensors[f"{task}.{name}.gradient.{exit}"] = gradients[exit]
                if name in ("scores", "ponder", "expected"):
                    tensors[f"{task}.{name}.signal.{exit}"] = gradients[3 + exit]
    write("objectives.safetensors", tensors)


def factor(step):
    """Linear up to the highest rate, linear down to 0 one step after the last."""
    if step < WARMUP:
        return (step + 1) / (WARMUP + 1)
    return (STEPS - step) / (STEPS - WARMUP)


def optimizers(backbone, heads):
    """AdamW for everything but the embedding tables, which only change where they were read."""
    tables, decayed, plain = [], [], []
    for name, parameter in backbone.named_parameters():
        if "_embeddings." in name:
            tables.append(parameter)
        else:
            (plain if parameter.dim() == 1 else decayed).append(parameter)
    groups = [
        {"params": decayed, "weight_decay": DECAY, "factor": 1},
        {"params": plain, "weight_decay": 0.0, "factor": 1},
        {"params": [head.weight for head in heads], "weight_decay": DECAY, "factor": HEAD_FACTOR},
        {"params": [head.bias for head in heads], "weight_decay": 0.0, "factor": HEAD_FACTOR},
    ]
    return torch.optim.AdamW(groups, lr=RATE), torch.optim.SparseAdam(tables, lr=RATE), tables


def make_steps(model, tokenizer):
    """Six steps of joint training with a linear head on the first token at depths 1 and 2."""
    backbone = model.bert
    backbone.pooler = None
    heads = torch.nn.ModuleList([torch.nn.Linear(16, 3) for _ in range(2)])
    tensors = {"labels": torch.tensor([label for _, _, label in TEXTS])}
    for depth, head in enumerate(heads, 1):
        tensors[f"start.exits.{depth}.classifier.weight"] = head.weight.clone()
        tensors[f"start.exits.{depth}.classifier.bias"] = head.bias.clone()
    adam, sparse, tables = optimizers(backbone, heads)
    parameters = [*backbone.parameters(), *heads.parameters()]
    losses = []
    for step in range(STEPS):
        first = [states(model, tokenizer, a, b)[0].hidden_states for a, b, _ in TEXTS]
        loss = sum(
            functional.cross_entropy(
                head(torch.stack([text[depth][0, 0] for text in first])), tensors["labels"])
            for depth, head in enumerate(heads, 1))
        losses.append(loss.detach())
        adam.zero_grad()
        sparse.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(parameters, LARGEST_NORM)
        assert step > 3 or norm > LARGEST_NORM, "the gradients are to be clipped"
        for group in adam.param_groups:
            group["lr"] = RATE * group["factor"] * factor(step)
        sparse.param_groups[0]["lr"] = RATE * factor(step)
        for table in tables:
            read = table.grad.abs().sum(1).nonzero()[:, 0]
            table.grad = torch.sparse_coo_tensor(read[None], table.grad[read], table.shape)
        adam.step()
        sparse.step()
    for name, parameter in backbone.named_parameters():
        tensors[f"end.{name}"] = parameter
    for depth, head in enumerate(heads, 1):
        tensors[f"end.exits.{depth}.classifier.weight"] = head.weight
        tensors[f"end.exits.{depth}.classifier.bias"] = head.bias
    tensors["losses"] = torch.stack(losses)
    write("steps.safetensors", tensors)


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(5)
    make_objectives()
    make_steps(*make_classifier())
    for path in sorted(TARGET.rglob("*.*")):
        print(f"{path.stat().st_size:8} {path.relative_to(TARGET)}")
