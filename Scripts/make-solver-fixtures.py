#!/usr/bin/env python3
"""Write Tests/Fixtures/training/solver.safetensors: weights that scikit-learn finds for linear maps
with a ridge penalty.

    python3 Scripts/make-solver-fixtures.py

Needs numpy, safetensors and scikit-learn.
"""
import pathlib

import numpy
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression, Ridge

TARGET = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "training"
TEXTS, INPUTS, LABELS, PENALTY = 300, 7, 3, 0.01


def main():
    random = numpy.random.RandomState(5)
    scales = numpy.array([1, 10, 0.1, 3, 1, 200, 1])
    inputs = (random.randn(TEXTS, INPUTS) * scales + 5 * random.randn(INPUTS)).astype("float32")
    inputs[:, 4] = 2.5  # a column that does not vary
    truth = random.randn(INPUTS, LABELS) / scales[:, None]
    scores = inputs @ truth
    scores = scores - scores.mean(0)
    labels = (scores + random.gumbel(size=scores.shape)).argmax(1)
    values = scores[:, 0] + 0.5 * random.randn(TEXTS) + 3

    deviations = inputs.std(0, dtype="float64")
    kept = deviations > 0
    standardised = (inputs - inputs.mean(0, dtype="float64"))[:, kept] / deviations[kept]
    # The mean loss plus half the penalty times the squared weights.
    classifier = LogisticRegression(
        C=1 / (TEXTS * PENALTY), tol=1e-10, max_iter=10_000).fit(standardised, labels)
    # Errors are squared without a half.
    regression = Ridge(alpha=TEXTS * PENALTY / 2).fit(standardised, values)
    logits = classifier.decision_function(standardised)
    save_file({
        "inputs": inputs,
        "labels": labels.astype("float32"),
        "values": values.astype("float32"),
        "penalty": numpy.array([PENALTY], "float32"),
        "label_logits": (logits - logits.mean(1, keepdims=True)).astype("float32"),
        "value_logits": regression.predict(standardised).astype("float32"),
    }, TARGET / "solver.safetensors")


if __name__ == "__main__":
    main()
