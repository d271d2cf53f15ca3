#!/usr/bin/env python3
"""Train and measure every method on public data sets, and write docs/study.md with its figures.

    OFFRAMP_DATA=DIR make study [STUDY="--joint --tasks trec mrpc"]

Every run is kept in Benchmarks/results: an interrupted study goes on, and one with more methods, tasks or seeds adds
to what is there. Small tasks are run with three seeds.
"""
import pathlib
import statistics
import sys
import textwrap

import matplotlib
from matplotlib import pyplot

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks"))
import methods  # noqa: E402
from methods import interpolated, reached  # noqa: E402

TASKS = ["sst2-10k", "mrpc", "rte", "cola", "stsb", "trec", "banking77"]
SMALL = {"mrpc", "rte", "cola", "stsb", "trec"}
SEEDS = 3
LINE = 118
SHARES = [0.25, 0.5, 0.75, 1]
NAMES = {"accuracy": "accuracy", "pearson": "Pearson's correlation",
         "matthews_correlation": "Matthews correlation", "f1_micro": "F1"}


def parsed():
    parser = methods.arguments(__doc__)
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "docs")
    parser.add_argument("--tasks", nargs="+", default=TASKS, choices=methods.TASKS.keys(), metavar="TASK")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="runs of a small task")
    parser.add_argument("--joint", action="store_true",
                        help="train the backbone too, which takes many hours")
    options = parser.parse_args()
    options.freeze = not options.joint
    return options


def main():
    options = parsed()
    studied = {task: {method: runs(options, task, method) for method in options.methods}
               for task in options.tasks}
    name = "study-joint" if options.joint else "study"
    for task, found in studied.items():
        draw(found, options.output / f"{name}-{task}.svg")
    (options.output / f"{name}.md").write_text(page(options, name, studied))


def runs(options, task, method):
    """The runs of a method, one for each seed."""
    seeds = options.seeds if task in SMALL else 1
    return [methods.run(options, task, method, seed) for seed in range(1, seeds + 1)]


# What a run says


def quality(run, share):
    """The best that a policy of the method's kind reaches at a share of the compute; None where none is so
    cheap."""
    return run["exits"][-1] if share == 1 else reached(run["curve"], share)


def area(run):
    """The mean quality over all shares of the compute that the curve covers."""
    points = sorted(run["curve"])
    parts = [(high - low) * (worse + better) / 2
             for (low, worse), (high, better) in zip(points, points[1:])]
    return sum(parts) / (points[-1][0] - points[0][0]) if len(points) > 1 else points[0][1]


def gain(run):
    """What the default policy gains over fixed depths at its compute."""
    return run["quality"] - interpolated(run["line"], run["compute"])


def spread(values, digits=1, factor=100):
    """The mean of some values, with their deviation where there are several; - where one is missing."""
    if None in values:
        return "-"
    values = [factor * value for value in values]
    mean = f"{statistics.mean(values):.{digits}f}"
    return mean if len(values) == 1 else f"{mean} ± {statistics.stdev(values):.{digits}f}"


# The page


def page(options, name, studied):
    how = "with the backbone trained too" if options.joint else "on a frozen backbone"
    text = [f"# The methods {how}", "", introduction(options), "", *summary(studied), ""]
    for task, found in studied.items():
        text += [f"## {task}", "", f"![{task}]({name}-{task}.svg)", "", *budgets(found), "",
                 *policies(found), "", *exits(found), ""]
    return "\n".join(text)


def introduction(options):
    flags = [*(["--joint"] if options.joint else []),
             *(["--tasks", *options.tasks] if options.tasks != TASKS else []),
             *(["--seeds", str(options.seeds)] if options.seeds != SEEDS else [])]
    study = f' STUDY="{" ".join(flags)}"' if flags else ""
    seeds = "one seed" if options.seeds == 1 else f"small tasks mean and deviation of {options.seeds} seeds"
    return textwrap.fill(
        f"Made by `OFFRAMP_DATA=DIR make study{study}`. Every method is trained with its defaults on "
        f"`{options.backbone.name}`, 5 % of the training rows held out to choose by, and measured on the dev "
        f"rows (TREC and Banking77: test); {seeds}. `sst2-10k` has the first 10,000 rows of SST-2 to learn from. "
        f"Compute is relative to all layers with their last exit, the heads that are asked on the way counted. The "
        f"dotted line of a figure is the best fixed depth of any method: what early exits have to beat.",
        width=LINE, break_long_words=False, break_on_hyphens=False)


def summary(studied):
    """Where offramp is behind another method."""
    behind = []
    for task, found in studied.items():
        if "offramp" not in found:
            continue
        for share in SHARES:
            qualities = {method: [quality(run, share) for run in each] for method, each in found.items()}
            mean = {method: statistics.mean(values) for method, values in qualities.items()
                    if None not in values}
            best, own = max(mean, key=mean.get, default=None), mean.get("offramp")
            if best and (own is None or mean[best] > own + 1e-9):
                behind.append([task, f"{share:.0%}", best, f"{100 * mean[best]:.1f}",
                               spread(qualities["offramp"])])
    if not behind:
        return ["`offramp` is at or above every other method at every share of the compute, on every task."]
    return ["`offramp` is at or above every other method, but here:", "",
            *table(["task", "compute", "best", "reaches", "offramp"], behind)]


def budgets(found):
    metric = NAMES[next(iter(found.values()))[0]["metric"]]
    titles = ["method", *(f"{share:.0%}" for share in SHARES), "area"]
    rows = [[method, *(spread([quality(run, share) for run in each]) for share in SHARES),
             spread([area(run) for run in each])] for method, each in found.items()]
    return [f"{metric[0].upper()}{metric[1:]}, in hundredths, at a share of the compute:", "",
            *table(titles, rows)]


def policies(found):
    titles = ["method", "policy", "compute", "reaches", "over fixed depths", "computed speed-up",
              "measured, in batches", "measured, one text"]
    rows = [[method, f"`{each[0]['policy']}`", spread([run["compute"] for run in each], 0) + " %",
             spread([run["quality"] for run in each]), spread([gain(run) for run in each]),
             spread([1 / run["compute"] for run in each], 1, 1),
             spread([run["speedup"] for run in each], 1, 1),
             spread([run["speedup_alone"] for run in each], 1, 1)] for method, each in found.items()]
    return ["The default policy (of the first seed):", "", *table(titles, rows)]


def exits(found):
    depths = sorted({depth for each in found.values() for depth in each[0]["depths"]})
    rows = []
    for method, each in found.items():
        at = {depth: spread([run["exits"][index] for run in each])
              for index, depth in enumerate(each[0]["depths"])}
        rows.append([method, *(at.get(depth, "") for depth in depths)])
    return ["Every exit, by its depth:", "", *table(["method", *depths], rows)]


def table(titles, rows):
    return ["| " + " | ".join(map(str, row)) + " |" for row in (titles, ["---"] * len(titles), *rows)]


# The figures


def draw(found, path):
    """Quality against compute; the colours suit a white and a dark page."""
    matplotlib.rcParams.update({
        "svg.fonttype": "none", "svg.hashsalt": "offramp", "font.family": "sans-serif", "font.size": 9,
        **dict.fromkeys(["text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"],
                        "#808080")})
    figure, axes = pyplot.subplots(figsize=(7.2, 4.2))
    colors = matplotlib.colormaps["tab20"]
    for index, (method, each) in enumerate(found.items()):
        points = sorted(each[0]["curve"])
        axes.plot([100 * compute for compute, _ in points], [100 * value for _, value in points],
                  label=method, color=colors(index), linewidth=2.4 if method == "offramp" else 1.2)
    fixed = frontier(found)
    axes.plot([100 * compute for compute, _ in fixed], [100 * value for _, value in fixed], ":",
              color="#808080", label="fixed depth")
    metric = next(iter(found.values()))[0]["metric"]
    axes.set_xlabel("compute, % of the full model")
    axes.set_ylabel(NAMES[metric])
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#808080", alpha=0.2)
    axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, transparent=True, bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)


def frontier(found):
    """The best fixed depths of all methods: no other is both cheaper and better."""
    best = []
    for compute, value in sorted(point for each in found.values() for point in each[0]["line"]):
        if not best or value > best[-1][1]:
            best.append((compute, value))
    return best


if __name__ == "__main__":
    main()
