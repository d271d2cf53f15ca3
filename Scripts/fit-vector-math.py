"""Fits the coefficients of Sources/COfframpKernels/processor/vector_math.h (needs numpy).

erf(x) = x P(x^2) / Q(x^2) and tanh likewise, both by relative error; exp(r) = 1 + r + r^2 P(r).
Each fit is a least-squares problem solved again and again with more weight where the error is
large (Lawson), which tends to the minimax solution.
"""

import math

import numpy as np


def chebyshev_points(low, high, count=4000):
    t = np.cos(np.pi * (np.arange(count) + 0.5) / count)
    return low + (t + 1) / 2 * (high - low)


def lawson(columns, target, scale, steps=200):
    """columns(denominator) -> matrix; returns the coefficients with the smallest largest error."""
    weight, best = np.full(len(target), 1 / len(target)), (math.inf, None)
    denominator = np.ones(len(target))
    for _ in range(steps):
        root = np.sqrt(weight) * scale / denominator
        matrix, evaluate = columns
        solution = np.linalg.lstsq(matrix * root[:, None], target * root, rcond=None)[0]
        value, denominator = evaluate(solution)
        error = np.abs((value - target) * scale)
        if error.max() < best[0]:
            best = (error.max(), solution)
        weight = weight * (error / error.max() + 1e-3) ** 0.7
        weight /= weight.sum()
    return best


def fit_ratio(function, limit, numerator, denominator):
    s = chebyshev_points(0, 1)
    root = np.sqrt(s) * limit
    target = np.vectorize(function)(root) / root
    top = s[:, None] ** np.arange(numerator + 1)
    bottom = s[:, None] ** np.arange(1, denominator + 1)

    def evaluate(c):
        below = 1 + bottom @ c[numerator + 1 :]
        return top @ c[: numerator + 1] / below, below

    matrix = np.concatenate([top, -target[:, None] * bottom], 1)
    error, c = lawson((matrix, evaluate), target, 1 / target)
    scale = limit**2
    return (
        error,
        c[: numerator + 1] / scale ** np.arange(numerator + 1),
        c[numerator + 1 :] / scale ** np.arange(1, denominator + 1),
    )


def fit_exponential(degree):
    r = chebyshev_points(-0.5001 * math.log(2), 0.5001 * math.log(2))
    matrix = r[:, None] ** np.arange(2, degree + 1)
    rest = np.exp(r) - 1 - r
    return lawson((matrix, lambda c: (matrix @ c, np.ones(len(r)))), rest, np.exp(-r))


def show(name, error, *coefficients):
    print(f"{name}: error {error:.2g}")
    for group in coefficients:
        print("   ", ", ".join(f"{value:.9g}" for value in group))


if __name__ == "__main__":
    show("erf", *fit_ratio(math.erf, 4.0, 5, 5))
    show("tanh", *fit_ratio(math.tanh, 9.0, 4, 4))
    show("exp", *fit_exponential(6))
