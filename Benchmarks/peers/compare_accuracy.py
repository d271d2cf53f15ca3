"""Quality after training: Offramp, every exit of one training, against plain fine-tuning in PyTorch and
against scikit-learn's linear models on the states of the backbone as it is.

Runs are kept in Benchmarks/results and are not made again: a note says which are of another build of
Offramp, and `--results FILE` measures into a file of your own.
"""
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

import report
from offramp import timed
from runs import Runs
from tasks import HELD_OUT, TASKS

RATES = [2e-5, 5e-5, 1e-4]
SEEDS = [1, 2, 3]


def compare(options):
    """Tables for each task: frozen backbones, then everything trained."""
    if not options.backbone:
        raise SystemExit("--backbone names the folder that all start from, after `make backbone`")
    for name in options.tasks or TASKS:
        frozen(options, name)
        trained(options, name)
    print(report.load())


def frozen(options, name):
    ours = own(options, name, SEEDS[0], "--freeze")
    theirs = script(options, f"{name} states", "fit_states.py", name)
    rows = [["Offramp", *map(points, ours["exits"]), *cost(ours)],
            ["scikit-learn", *map(points, theirs["exits"]), *cost(theirs)]]
    show(f"{name}, frozen, {TASKS[name].metric} by depth", ours["depths"], rows)


def trained(options, name):
    runs = [own(options, name, seed) for seed in SEEDS]
    plain, rate = reference(options, name)
    exits = [spread([run["exits"][index] for run in runs])
             for index in range(len(runs[0]["depths"]))]
    blank = [""] * (len(exits) - 1)
    rows = [["Offramp", *exits, *cost(runs[0])],
            [f"PyTorch, rate {rate}", *blank, spread([run["dev"] for run in plain]),
             *cost(plain[0])]]
    show(f"{name}, all trained, {TASKS[name].metric} by depth", runs[0]["depths"], rows)


def reference(options, name):
    """Three seeds at the rate that held-out rows find best."""
    def run(rate, seed):
        return script(options, f"{name} pytorch {rate} {seed}", "train_reference.py", name, rate, seed)

    best = max(RATES, key=lambda rate: run(rate, SEEDS[0])["held_out"])
    return [run(best, seed) for seed in SEEDS], best


def script(options, key, program, *arguments):
    """A script of this folder, which prints what it measured as JSON."""
    def measure():
        command = [sys.executable, pathlib.Path(__file__).with_name(program), options.backbone,
                   options.data.parent, *arguments]
        return json.loads(subprocess.run(
            [str(part) for part in command], check=True, stdout=subprocess.PIPE).stdout)

    return kept(options, key, measure)


def own(options, name, seed, *flags):
    """`offramp train` with its defaults, reported on the dev rows."""
    def measure():
        with tempfile.TemporaryDirectory(dir=options.cache) as folder:
            return trained_in(pathlib.Path(folder))

    def trained_in(scratch):
        task, folder, data = TASKS[name], scratch / "trained", options.data.parent
        seconds, memory = timed([
            options.offramp, "train", task.training_file(data, scratch), *task.options(), "--dev", data / task.dev,
            "--hold-out", HELD_OUT, "--backbone", options.backbone, "--output", folder,
            "--seed", seed, "--metric", task.metric, "--quiet", *flags])
        evaluated = json.loads(subprocess.run(
            [str(part) for part in (
                options.offramp, "evaluate", data / task.dev, *task.options(), "--checkpoint",
                folder, "--json", "--quiet")],
            check=True, stdout=subprocess.PIPE).stdout)
        exits = evaluated["exits"]
        return {"depths": [each["depth"] for each in exits],
                "exits": [each[task.metric] for each in exits],
                "seconds": seconds, "memory": memory}

    return kept(options, f"{name} offramp {' '.join([*flags, str(seed)])}", measure)


def kept(options, run, measure):
    return Runs(options.results, options.offramp).run(f"{options.backbone.resolve().name} {run}", measure)


def show(title, depths, rows):
    print(f"\n{title}")
    report.table(["", *map(str, depths), "seconds", "MB"], rows)


def cost(run):
    return [f"{run['seconds']:.0f}", f"{run['memory']:.0f}"]


def points(value):
    return f"{100 * value:.1f}"


def spread(values):
    return f"{points(statistics.mean(values))} ± {points(statistics.stdev(values))}"
