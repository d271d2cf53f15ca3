"""Prints the golden values of Tests/OfframpExitTests/Metrics, from scikit-learn and SciPy.

    pip install scikit-learn && python Scripts/make-metric-fixtures.py
"""

from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import (
    accuracy_score,
    f1_score,
    matthews_corrcoef,
    precision_recall_fscore_support,
)

LABELS = [
    (2, [0, 1, 1, 0, 1, 1, 0, 0, 1, 1], [0, 1, 0, 0, 1, 1, 1, 0, 1, 0]),
    (2, [0, 0, 0, 1], [0, 0, 0, 0]),
    (2, [1, 1, 1, 1], [1, 1, 0, 1]),
    (2, [0, 1, 0, 1], [1, 0, 1, 0]),
    (3, [0, 1, 2, 2, 1, 0, 2, 1, 0, 2, 2], [0, 2, 2, 2, 1, 0, 1, 1, 2, 2, 0]),
    (4, [0, 1, 2, 0, 1, 2], [0, 1, 1, 0, 2, 2]),
]
SETS = [
    ([[0], [0, 2], [], [1, 2], [2]], [[0], [2], [1], [1, 2], [0, 2]]),
    ([[0, 1], [1], [3]], [[0, 1], [1], [3]]),
    ([[0], [], [1]], [[], [], []]),
]
AVERAGED = ([0, 0, 0, 1, 1, 2, 2, 2, 2, 0], [0, 1, 1, 1, 1, 2, 0, 2, 3, 3])
VALUES = [
    ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]),
    ([5.0, 3.8, 3.8, 2.6, 4.25, 0.0], [4.7, 3.1, 3.9, 3.1, 4.0, 1.5]),
    ([1, 2, 3], [6, 4, 2]),
    ([1, 1, 1, 2], [1, 2, 3, 3]),
]

for labels, right, given in LABELS:
    average = "binary" if labels == 2 else "macro"
    f1 = f1_score(right, given, average=average, zero_division=0)
    names = list(range(labels))
    print(labels, right, given)
    print("  ", accuracy_score(right, given), f1, matthews_corrcoef(right, given))
    scores = precision_recall_fscore_support(right, given, labels=names, zero_division=0)
    for row in zip(*scores):
        print("     ", *map(float, row))
for right, given in SETS:
    rows = [[[int(label in labels) for label in range(4)] for labels in sets]
            for sets in (right, given)]
    # A label that is nowhere is left out of the mean.
    seen = [label for label in range(4) if any(row[label] for part in rows for row in part)]
    print(right, given, f1_score(*rows, average="micro", zero_division=0),
          f1_score(*rows, labels=seen, average="macro", zero_division=0), accuracy_score(*rows))
for left, right in VALUES:
    print(left, right, pearsonr(left, right)[0], spearmanr(left, right)[0])
for average in ("macro", "micro", "weighted"):
    found = precision_recall_fscore_support(*AVERAGED, average=average, zero_division=0)
    print(average, *map(float, found[:3]))
