#!/usr/bin/env python3
"""Train every method on public data sets, and say what its exits and its policy reach.

    OFFRAMP_DATA=DIR python3 Benchmarks/methods.py --backbone DIR [--tasks trec mrpc] [--freeze]

One table per data set: the quality of every exit on the dev rows, the default policy with its share of
the full model's compute, what it reaches, how much that is over fixed depths for the same compute, and
what the sweep of this kind of policy reaches at a quarter of the compute (- where it is never so cheap).
Runs are kept in Benchmarks/results with those of the study, and are not made again: a note says which are
of another build. `--results FILE` measures into a file of your own.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks" / "peers"))
import report  # noqa: E402
from offramp import timed  # noqa: E402
from runs import Runs  # noqa: E402
from tasks import HELD_OUT, TASKS, task_named  # noqa: E402

RESULTS = ROOT / "Benchmarks" / "results"
METHODS = ["offramp", "fastbert", "deebert", "pabee", "ztw", "branchynet", "shallow-deep", "mebert",
           "berxit", "elasticbert", "romebert", "cdl", "act", "palbert",
           "depth-adaptive"]

NUMBER_POLICIES = {"patience", "learned", "halting"}
ONE_LABEL_POLICIES = {"ensemble", "predicted"}


def arguments(description):
    """What every comparison of methods is told."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backbone", type=pathlib.Path, required=True)
    parser.add_argument("--offramp", type=pathlib.Path, default=ROOT / ".build/release/offramp")
    parser.add_argument("--data", type=pathlib.Path, default=os.environ.get("OFFRAMP_DATA", ""))
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / ".build" / "methods",
                        help="where checkpoints are trained")
    parser.add_argument("--results", type=pathlib.Path, default=RESULTS / "methods.jsonl",
                        help="where runs are kept")
    parser.add_argument("--methods", nargs="+", default=METHODS, metavar="METHOD")
    return parser


def parsed():
    parser = arguments(__doc__)
    parser.add_argument("--tasks", nargs="+", default=["sst2-10k", "trec", "banking77", "stsb", "mrpc"],
                        metavar="TASK", help="data sets of peers/tasks.py, or folders that "
                        "multi_label.py or mixed_lengths.py have written")
    parser.add_argument("--freeze", action="store_true", help="leave the backbone as it is")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    options = parsed()
    for name in options.tasks:
        runs = {method: run(options, name, method, options.seed) for method in options.methods}
        metric = next(iter(runs.values()))["metric"]
        print(f"\n{name}{', frozen' if options.freeze else ''}: {metric}")
        report.table(
            ["method", "exits, by depth", "full", "policy", "compute", "reaches", "over depth",
             "at a quarter", "seconds"],
            [row(method, run) for method, run in runs.items()])


def run(options, name, method, seed):
    how = "frozen" if options.freeze else "joint"
    key = f"{options.backbone.resolve().name} {how} {pathlib.Path(name).name} {method} {seed}"

    def measure():
        options.cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=options.cache) as folder:
            return measured(options, name, method, seed, pathlib.Path(folder))

    return Runs(options.results, options.offramp).run(key, measure)


def measured(options, name, method, seed, scratch):
    task = task_named(name)
    train, dev = task.training_file(options.data, scratch), options.data / task.dev
    columns, metric, folder = task.options(), task.metric, scratch / "trained"
    seconds, _ = timed([
        options.offramp, "train", train, *columns, "--dev", dev, "--hold-out", HELD_OUT,
        "--backbone", options.backbone, "--output", folder, "--seed", seed,
        "--metric", metric, "--method", method, "--quiet",
        *(["--freeze"] if options.freeze else [])])
    evaluation = [options.offramp, "evaluate", dev, *columns, "--checkpoint", folder, "--method",
                  method, "--json", "--quiet"]
    [chosen] = answers(evaluation)
    own = json.loads((folder / "exits" / f"{method}.json").read_text())["training"]["policy"]
    kind = swept(chosen["policy"], own, metric)
    sweep = answers([*evaluation, "--sweep", "--policy", kind])
    points = {is_fixed: [[point["relative_compute"], point[metric]] for point in sweep
                         if point["policy"].startswith("depth:") == is_fixed
                         or point["policy"] == "full"] for is_fixed in (True, False)}
    return {"metric": metric, "seconds": seconds,
            "depths": [each["depth"] for each in chosen["exits"]],
            "exits": [each[metric] for each in chosen["exits"]], "policy": chosen["policy"],
            "compute": chosen["relative_compute"], "quality": chosen[metric],
            "speedup": chosen["speedup"]["value"], "speedup_alone": chosen["speedup_alone"]["value"],
            "line": points[True], "curve": points[False]}


def swept(chosen, own, metric):
    """The kind of policy to sweep: that of the default policy, or where this is `full` or a fixed depth
    the method's own. Most kinds cannot decide on numbers, where patience takes their place, and some not
    on several labels, where confidence does."""
    kind = chosen.partition(":")[0]
    if kind not in ("full", "depth"):
        return kind
    if metric == "pearson" and own not in NUMBER_POLICIES:
        return "patience"
    return "confidence" if metric == "f1_micro" and own in ONE_LABEL_POLICIES else own


def answers(command):
    """What a command prints, a JSON object a line."""
    found = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE,
                           text=True).stdout
    return [json.loads(line) for line in found.splitlines()]


def row(method, run):
    exits = " ".join(f"{100 * value:.1f}" for value in run["exits"][:-1])
    gain = run["quality"] - interpolated(run["line"], run["compute"])
    quarter = reached(run["curve"], 0.25)
    return [method, f"from {run['depths'][0]}: {exits}", f"{100 * run['exits'][-1]:.1f}",
            run["policy"], f"{100 * run['compute']:.0f} %", f"{100 * run['quality']:.1f}",
            f"{100 * gain:+.1f}", "-" if quarter is None else f"{100 * quarter:.1f}",
            f"{run['seconds']:.0f}"]


def reached(curve, compute):
    """The quality of a curve at a share of the compute; None where its cheapest point costs more."""
    return interpolated(curve, compute) if compute >= min(curve)[0] else None


def interpolated(points, compute):
    """The quality at a share of the compute, on the line through points of compute and quality."""
    points = sorted(points)
    for (low, worse), (high, better) in zip(points, points[1:]):
        if low <= compute < high:
            return worse + (better - worse) * (compute - low) / (high - low)
    return points[0][1] if compute < points[0][0] else points[-1][1]


if __name__ == "__main__":
    main()
