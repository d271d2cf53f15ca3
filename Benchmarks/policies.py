#!/usr/bin/env python3
"""Compare all exit policies on one checkpoint: what each gains over fixed depths for the same compute.

    python3 Benchmarks/policies.py FILE --checkpoint DIR [options of `offramp evaluate`]

For each policy the mean and the range of the gain over the points of its sweep that take 20 to 80 % of
the compute, in points of the metric: no point is picked, so nothing is chosen on the rows reported.
"""
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks" / "peers"))
import report  # noqa: E402

POLICIES = ["entropy", "uncertainty", "confidence", "confidence:1,most-confident", "patience",
            "patience-confidence", "similarity", "agreement", "ensemble", "beem", "stable", "quota",
            "gates", "predicted", "learned", "halting"]


def gains(policy, arguments):
    """Of the points in the middle of a sweep; nothing where the policy cannot decide."""
    run = subprocess.run(
        [ROOT / ".build/release/offramp", "evaluate", *arguments, "--sweep", "--json", "--quiet",
         "--policy", policy], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    points = [json.loads(line) for line in run.stdout.splitlines()]
    return [100 * point["gain_over_depth"] for point in points
            if not point["policy"].startswith(("depth:", "full"))
            and 0.2 <= point["relative_compute"] <= 0.8]


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    rows = []
    for policy in POLICIES:
        if found := gains(policy, sys.argv[1:]):
            rows.append([policy, len(found), f"{statistics.mean(found):+.2f}",
                         f"{min(found):+.2f} to {max(found):+.2f}"])
    report.table(["policy", "points", "mean gain", "range"], rows)


if __name__ == "__main__":
    main()
