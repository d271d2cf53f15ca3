#!/usr/bin/env python3
"""Build a data set whose texts have several labels out of TREC's questions, which have one each.

    OFFRAMP_DATA=DIR python3 Benchmarks/multi_label.py FOLDER

A text is one to three questions; its labels are the kinds of answers that they ask for. Training and
test questions stay apart. Writes train.tsv and test.tsv, with commas between labels, and task.json, which
tells methods.py what to measure by:

    offramp train FOLDER/train.tsv --dev FOLDER/test.tsv --hold-out 0.05 --label-separator , ...
"""
import csv
import os
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks" / "peers"))
from tasks import write_task  # noqa: E402

TEXTS = {"train": 6000, "test": 1000}
SEED = 11


def questions(path):
    """Pairs of a kind of answer and a question."""
    with open(path, encoding="utf-8", newline="") as file:
        return [(row[0], row[2]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def texts(rows, count, chance):
    for _ in range(count):
        drawn = chance.sample(rows, chance.randint(1, 3))
        labels = sorted({label for label, _ in drawn})
        yield " ".join(question for _, question in drawn), ",".join(labels)


def main():
    if len(sys.argv) != 2 or "OFFRAMP_DATA" not in os.environ:
        sys.exit(__doc__)
    source = pathlib.Path(os.environ["OFFRAMP_DATA"]) / "trec"
    chance = random.Random(SEED)
    parts = {part: texts(questions(source / f"{part}.tsv"), count, chance)
             for part, count in TEXTS.items()}
    write_task(pathlib.Path(sys.argv[1]), parts, metric="f1_micro", separator=",")


if __name__ == "__main__":
    main()
