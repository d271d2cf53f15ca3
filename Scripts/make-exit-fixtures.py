#!/usr/bin/env python3
"""Write Tests/Fixtures/exit-policies.json: random traces and what each policy answers on them.

A plain double-precision reading of the papers' formulas, one text at a time, that shares no code
with Offramp. Needs numpy only:  python3 Scripts/make-exit-fixtures.py
"""
import json
import pathlib

import numpy as np

EXITS, TEXTS = 5, 60
DEPTHS = [0, 1, 2, 4, 6]
TARGET = pathlib.Path(__file__).parent.parent / "Tests" / "Fixtures" / "exit-policies.json"


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def entropy(p):
    return -sum(x * np.log(x) for x in p if x > 0)


def uncertainty(p, n):
    top = np.sort(p)[::-1][:n]
    return entropy(top / top.sum()) / np.log(n)


def own(p):
    return int(p.argmax()), float(p.max())


def first(probabilities, sure):
    """The first exit that is sure, or the last one."""
    for i, p in enumerate(probabilities):
        if sure(i, p) or i == EXITS - 1:
            return i, own(p)


def most_confident(probabilities, threshold):
    for i, p in enumerate(probabilities):
        if p.max() >= threshold:
            return i, own(p)
    return EXITS - 1, own(max(probabilities, key=lambda p: p.max()))


def patience(probabilities, n):
    labels = [int(p.argmax()) for p in probabilities]
    return first(probabilities, lambda i, p: i >= n and len(set(labels[i - n : i + 1])) == 1)


def ensemble(probabilities, threshold, w, b):
    for i in range(EXITS):
        log_q = sum(np.exp(w[i, j]) * np.log(probabilities[j]) for j in range(i + 1)) / (i + 1)
        q = softmax(log_q + b[i])
        if q.max() >= threshold or i == EXITS - 1:
            return i, own(q)


def in_a_row(probabilities, n, counts):
    """The first exit that ends `n` exits in a row for which `counts` holds."""
    held = [counts(i) for i in range(EXITS)]
    return first(probabilities, lambda i, p: i + 1 >= n and all(held[i + 1 - n : i + 1]))


def divergence(p, q):
    """Jensen-Shannon, as the mean of two relative entropies."""
    m = (p + q) / 2
    return (np.sum(p * np.log(p / m)) + np.sum(q * np.log(q / m))) / 2


def similar(probabilities, n, threshold):
    return in_a_row(probabilities, n, lambda i: i > 0 and divergence(
        probabilities[i - 1], probabilities[i]) < threshold)


def agreement(probabilities, threshold):
    return first(probabilities, lambda i, p: i > 0 and entropy(
        (p + probabilities[i - 1]) / 2) < threshold)


def beem(probabilities, threshold, weights):
    labels = [int(p.argmax()) for p in probabilities]

    def total(i):
        start = i
        while start > 0 and labels[start - 1] == labels[i]:
            start -= 1
        return sum(weights[j] * probabilities[j].max() for j in range(start, i + 1))

    return first(probabilities, lambda i, p: total(i) >= threshold)


def stable(probabilities, share):
    for i in range(EXITS):
        votes = sum(probabilities[: i + 1])
        second, largest = np.sort(votes)[-2:]
        if largest - second >= share * (EXITS - 1 - i) or i == EXITS - 1:
            return i, own(votes / (i + 1))


def gates(probabilities, weights):
    def score(i, p):
        second, largest = np.sort(p)[-2:]
        sharp = p**2 / np.sum(p**2)
        seen = [largest, largest - second, entropy(p) / np.log(len(p)),
                entropy(sharp) / np.log(len(p)), 1]
        return np.dot(weights[i], seen)

    return first(probabilities, lambda i, p: i < EXITS - 1 and score(i, p) >= 0)


def predicted(probabilities, weights, price):
    """The exit with the least expected errors above the last one's, and price."""
    p = probabilities[0]
    second, largest = np.sort(p)[-2:]
    sharp = p**2 / np.sum(p**2)
    seen = [largest, largest - second, entropy(p) / np.log(len(p)), entropy(sharp) / np.log(len(p)), 1]
    expenses = np.append(weights @ seen, 0) + price * np.divide(DEPTHS, DEPTHS[-1])
    i = int(np.argmin(expenses))
    return i, own(probabilities[i])


def halting(text, threshold, own=own, adds_up=False, mixes=False, certain=False):
    """The last exit halts whatever has not halted before it."""
    for i in range(EXITS):
        p = text.scores[: i + 1] if adds_up else [
            text.scores[j] * np.prod(1 - text.scores[:j]) for j in range(i + 1)]
        halted = sum(share * answer for share, answer in zip(p, text))
        proved = certain and lead(halted) >= 1 - sum(p)
        if sum(p) >= threshold or proved or i == EXITS - 1:
            rest = (1 - sum(p[:-1])) * text[i]
            return i, own(sum((share * answer for share, answer in zip(p[:-1], text)), rest)
                          if mixes else text[i])


def lead(votes):
    second, largest = np.sort(votes)[-2:]
    return largest - second


def number(value):
    return 0, float(value)


def regression(values, n, tolerance):
    near = [False] + [abs(values[i] - values[i - 1]) < tolerance for i in range(1, EXITS)]
    for i in range(EXITS):
        if (i >= n and all(near[i - n + 1 : i + 1])) or i == EXITS - 1:
            return i, (0, float(values[i]))


class Scored(np.ndarray):
    """What the exits say of a text, with the score that each has beside it."""

    def __new__(cls, values, scores):
        text = np.asarray(values).view(cls)
        text.scores = scores
        return text


def scored(text, threshold):
    i = next((i for i in range(EXITS - 1) if text.scores[i] < threshold), EXITS - 1)
    return i, (0, float(text[i]))


def classification_case(random, labels):
    z = np.round(random.normal(size=(EXITS, TEXTS, labels)) * 2, 3)
    temperatures = np.round(random.uniform(0.5, 2, EXITS), 2)
    w = np.round(random.normal(size=(EXITS, EXITS)) * 0.5, 3)
    b = np.round(random.normal(size=(EXITS, labels)) * 0.3, 3)
    signals = np.round(np.random.default_rng(labels).uniform(0, 0.7, (EXITS, TEXTS)), 3)
    each = [Scored([softmax(z[i, t] / temperatures[i]) for i in range(EXITS)], signals[:, t])
            for t in range(TEXTS)]
    listed = [0.6, 0.5, 0.4, 0.3]
    learned = learned_numbers(random, w, b)
    accuracies, quota = learned["beem"], np.reshape(learned["quota"]["numbers"], (2, -1))
    gate = np.reshape(learned["gates"]["numbers"], (2, EXITS - 1, -1))
    depth = np.reshape(learned["predicted"], (EXITS - 1, -1))
    policies = {
        "full": lambda p: first(p, lambda i, q: False),
        "depth:2": lambda p: first(p, lambda i, q: DEPTHS[i] == 2),
        "entropy:0.4": lambda p: first(p, lambda i, q: entropy(q) < 0.4),
        "entropy:0.6,0.5,0.4,0.3": lambda p: first(
            p, lambda i, q: i < 4 and entropy(q) < listed[i]),
        "uncertainty:0.5": lambda p: first(
            p, lambda i, q: uncertainty(q, min(labels, 5)) < 0.5),
        "uncertainty:0.5,top=2": lambda p: first(p, lambda i, q: uncertainty(q, 2) < 0.5),
        "confidence:0.8": lambda p: first(p, lambda i, q: q.max() >= 0.8),
        "confidence:0.95,most-confident": lambda p: most_confident(p, 0.95),
        "patience:1": lambda p: patience(p, 1),
        "patience:2": lambda p: patience(p, 2),
        "ensemble:0.7": lambda p: ensemble(p, 0.7, w, b),
        "patience-confidence:2,0.6": lambda p: in_a_row(
            p, 2, lambda i: uncertainty(p[i], min(labels, 5)) < 0.6),
        "similarity:1,0.02": lambda p: similar(p, 1, 0.02),
        "similarity:2,0.1": lambda p: similar(p, 2, 0.1),
        "agreement:0.5": lambda p: agreement(p, 0.5),
        "beem:1.1": lambda p: beem(p, 1.1, accuracies),
        "stable:1": lambda p: stable(p, 1),
        "stable:0.4": lambda p: stable(p, 0.4),
        "quota:0.25": lambda p: first(p, lambda i, q: i < 4 and q.max() >= quota[0][i]),
        "quota:0.5": lambda p: first(p, lambda i, q: i < 4 and q.max() >= quota[1][i]),
        "gates:0.01": lambda p: gates(p, gate[0]),
        "gates:0.1": lambda p: gates(p, gate[1]),
        "predicted:0": lambda p: predicted(p, depth, 0),
        "predicted:0.3": lambda p: predicted(p, depth, 0.3),
        "learned:0.2": lambda p: first(p, lambda i, q: p.scores[i] < 0.2),
        "halting:0.5": lambda p: halting(p, 0.5),
        "halting:0.99,sum,mixture": lambda p: halting(p, 0.99, adds_up=True, mixes=True),
        "halting:0.7,mixture": lambda p: halting(p, 0.7, mixes=True),
        "halting:1,mixture,certain": lambda p: halting(p, 1, mixes=True, certain=True),
    }
    return {
        "task": "classification", "labels": labels, "depths": DEPTHS,
        "temperatures": temperatures.tolist(), "logits": z.reshape(EXITS, -1).tolist(),
        "signals": signals.tolist(), "learned": learned, "policies": answers(policies, each),
    }


def learned_numbers(random, w, b):
    """What a checkpoint holds for the policies that have numbers of their own."""
    bold = np.round(random.uniform(0.4, 0.8, EXITS - 1), 3)
    gate = np.round(random.normal(size=(EXITS - 1, 5)), 3)
    gate[:, 4] -= 0.5
    return {
        "ensemble": {"weights": w.reshape(-1).tolist(), "biases": b.reshape(-1).tolist()},
        "beem": np.round(random.uniform(0.4, 0.9, EXITS), 3).tolist(),
        "quota": {"options": [0.25, 0.5],
                  "numbers": np.round(np.append(bold, bold + 0.1), 3).tolist()},
        "gates": {"options": [0.01, 0.1],
                  "numbers": np.append(gate, gate + [0, 0, 0, 0, 0.8]).round(3).tolist()},
        "predicted": predicted_weights(len(b[0])),
    }


def predicted_weights(labels):
    """A generator of its own, so that other cases keep their numbers."""
    weights = np.random.default_rng(1 + labels).normal(size=(EXITS - 1, 5)) * 0.5
    # Without a mean no exit is the best for all texts.
    weights[:, 4] -= weights.sum(axis=1) - weights[:, 4]
    return np.round(weights.reshape(-1), 3).tolist()


def regression_case(random):
    z = np.round(random.normal(size=(EXITS, TEXTS)), 3)
    signals = np.round(random.uniform(size=(EXITS, TEXTS)), 3)
    policies = {
        "full": lambda y: regression(y, EXITS, 0),
        "depth:2": lambda y: (2, (0, float(y[2]))),
        "patience:1,tolerance=0.5": lambda y: regression(y, 1, 0.5),
        "patience:2,tolerance=1.5": lambda y: regression(y, 2, 1.5),
        "learned:0.3": lambda y: scored(y, 0.3),
        "halting:0.5": lambda y: halting(y, 0.5, number),
        "halting:0.8,sum,mixture": lambda y: halting(y, 0.8, number, adds_up=True, mixes=True),
    }
    texts = [Scored(values, scores) for values, scores in zip(z.T, signals.T)]
    return {
        "task": "regression", "labels": 1, "depths": DEPTHS, "temperatures": [1.0] * EXITS,
        "logits": z.tolist(), "signals": signals.tolist(), "policies": answers(policies, texts),
    }


def answers(policies, texts):
    rows = []
    for name, policy in policies.items():
        found = [policy(text) for text in texts]
        rows.append({
            "policy": name, "exits": [exit for exit, _ in found],
            "labels": [label for _, (label, _) in found],
            "scores": [round(score, 7) for _, (_, score) in found],
        })
    return rows


def main():
    random = np.random.default_rng(7)
    cases = [classification_case(random, labels) for labels in (2, 3, 12)]
    cases.append(regression_case(random))
    TARGET.write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
