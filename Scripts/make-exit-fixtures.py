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


def regression(values, n, tolerance):
    near = [False] + [abs(values[i] - values[i - 1]) < tolerance for i in range(1, EXITS)]
    for i in range(EXITS):
        if (i >= n and all(near[i - n + 1 : i + 1])) or i == EXITS - 1:
            return i, (0, float(values[i]))


def classification_case(random, labels):
    z = np.round(random.normal(size=(EXITS, TEXTS, labels)) * 2, 3)
    temperatures = np.round(random.uniform(0.5, 2, EXITS), 2)
    w = np.round(random.normal(size=(EXITS, EXITS)) * 0.5, 3)
    b = np.round(random.normal(size=(EXITS, labels)) * 0.3, 3)
    each = [[softmax(z[i, t] / temperatures[i]) for i in range(EXITS)] for t in range(TEXTS)]
    listed = [0.6, 0.5, 0.4, 0.3]
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
    }
    return {
        "task": "classification", "labels": labels, "depths": DEPTHS,
        "temperatures": temperatures.tolist(), "logits": z.reshape(EXITS, -1).tolist(),
        "weights": w.reshape(-1).tolist(), "biases": b.reshape(-1).tolist(),
        "policies": answers(policies, each),
    }


def regression_case(random):
    z = np.round(random.normal(size=(EXITS, TEXTS)), 3)
    policies = {
        "full": lambda y: regression(y, EXITS, 0),
        "depth:2": lambda y: (2, (0, float(y[2]))),
        "patience:1,tolerance=0.5": lambda y: regression(y, 1, 0.5),
        "patience:2,tolerance=1.5": lambda y: regression(y, 2, 1.5),
    }
    return {
        "task": "regression", "labels": 1, "depths": DEPTHS, "temperatures": [1.0] * EXITS,
        "logits": z.tolist(), "policies": answers(policies, z.T),
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
