"""Full fine-tuning with an exit after every layer: PyTorch in bf16 against `offramp train`."""
import json
import pathlib
import random
import statistics
import sys

import glue
import report
from offramp import timed

BATCH = 32
# Start-up and evaluation fall out of the difference between two lengths of training.
SHORT_STEPS, LONG_STEPS = 10, 110
DEV_ROWS = 64


def compare(options):
    """Alternate, and print texts per second and peak memory."""
    rows = glue.read(options.data / "train.tsv")
    random.Random(7).shuffle(rows)
    files = [write(options.cache / f"train-{steps}.tsv", rows[: BATCH * steps])
             for steps in (SHORT_STEPS, LONG_STEPS)]
    dev = write(options.cache / "train-dev.tsv", rows[-DEV_ROWS:])
    trainers = {"PyTorch bf16": lambda path: pytorch(options, path),
                "Offramp": lambda path: own(options, path, dev)}
    speeds, memory = {key: [] for key in trainers}, {key: 0 for key in trainers}
    for train in trainers.values():
        train(files[0])  # so that no first read from disk is timed
    for _ in range(options.rounds):
        for key, train in trainers.items():
            speed, peak = texts_per_second(train, files)
            speeds[key].append(speed)
            memory[key] = max(memory[key], peak)
            print(f"  {key}: {speed:.0f}/s; {report.load()}", flush=True)
    show(speeds, memory)


def texts_per_second(train, files):
    (short, _), (long, peak) = (train(path) for path in files)
    return BATCH * (LONG_STEPS - SHORT_STEPS) / (long - short), peak


def show(speeds, memory):
    report.table(
        ["trainer", "texts/s", "peak memory, MB"],
        [[key, f"{statistics.median(values):.0f}", f"{memory[key]:.0f}"]
         for key, values in speeds.items()])
    print(f"Offramp: {report.ratio(speeds['Offramp'], speeds['PyTorch bf16'])} times PyTorch's")
    print(report.load())


def write(path, rows):
    lines = ["sentence\tlabel", *(f"{text}\t{label}" for text, label in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def pytorch(options, path):
    script = pathlib.Path(__file__).with_name("train_pytorch.py")
    return timed([sys.executable, script, options.checkpoint, path])


def own(options, path, dev):
    layers = json.loads((options.checkpoint / "config.json").read_text())["num_hidden_layers"]
    depths = ",".join(str(depth) for depth in range(1, layers + 1))
    return timed([
        options.offramp, "train", path, "--dev", dev, "--backbone", options.checkpoint,
        "--output", options.cache / "trained", "--force", "--method", "offramp", "--epochs", 1,
        "--batch", BATCH, "--depths", depths, "--quiet"])
