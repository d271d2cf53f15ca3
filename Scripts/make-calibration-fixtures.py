"""Prints the golden values of Tests/OfframpCalibrationTests, from SciPy, NumPy and scikit-learn.

    pip install scikit-learn && python Scripts/make-calibration-fixtures.py
"""
import numpy
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_softmax
from scipy.stats import binom
from sklearn.metrics import roc_auc_score

TAILS = [(0, 345, 0.01), (3, 872, 0.01), (20, 3000, 0.01), (50, 100, 0.5), (7, 10, 0.9),
         (1990, 100_000, 0.02), (0, 1, 0.3), (999, 1000, 0.999)]
MEANS = [(0.004, 1000, 0.01), (0.0, 400, 0.01), (0.012, 2500, 0.02), (0.02, 1000, 0.02)]

print("tails")
for k, n, p in TAILS:
    print(f"({k}, {n}, {p}, {float(binom.cdf(k, n, p))!r}),")

print("errors allowed: texts, risk, confidence, errors")
for n in (298, 299, 345, 872, 2149, 3000):
    errors = [k for k in range(n) if binom.cdf(k, n, 0.01) <= 0.05]
    print(n, 0.01, 0.95, errors[-1] if errors else None)

print("Hoeffding-Bentkus")


def divergence(a, b):
    return sum(x * numpy.log(x / y) if x > 0 else 0 for x, y in ((a, b), (1 - a, 1 - b)))


for mean, n, risk in MEANS:
    bound = min(numpy.exp(-n * divergence(min(mean, risk), risk)),
                numpy.e * binom.cdf(numpy.ceil(n * mean), n, risk))
    print(f"({mean}, {n}, {risk}, {float(bound)!r}),")

print("temperatures")
LOGITS = numpy.array([[2, 0, -1], [0.5, 1.5, 0], [3, 2.5, 0], [-1, 0, 4], [1, 1.2, 0.9], [0, 4, 1]])
LABELS = [0, 1, 1, 2, 0, 2]
SETS = numpy.array([[1, 0, 0], [0, 1, 1], [1, 1, 0], [0, 0, 1], [1, 1, 1], [0, 0, 0]])


def one_label(log_t):
    return -log_softmax(LOGITS / numpy.exp(log_t), axis=1)[range(6), LABELS].mean()


def several(log_t):
    chances = expit(LOGITS / numpy.exp(log_t))
    return -(numpy.log(numpy.where(SETS, chances, 1 - chances))).mean()


for loss in (one_label, several):
    found = minimize_scalar(loss, bounds=numpy.log([0.05, 20]), method="bounded",
                            options={"xatol": 1e-9})
    print(loss.__name__, float(numpy.exp(found.x)))

print("calibration error")


def error(confidence, right):
    bins = numpy.minimum((confidence * 15).astype(int), 14)
    return sum(abs((confidence[bins == b] - right[bins == b]).sum()) for b in range(15)) / len(right)


chances = numpy.exp(log_softmax(LOGITS, axis=1))
print("one label", error(chances.max(1), (chances.argmax(1) == LABELS).astype(float)))
chances = expit(LOGITS).ravel()
print("several", error(numpy.maximum(chances, 1 - chances),
                       ((chances >= 0.5) == SETS.ravel()).astype(float)))

print("ranking")
chances = numpy.exp(log_softmax(LOGITS, axis=1))
print("one label", float(roc_auc_score(chances.argmax(1) == LABELS, chances.max(1))))
