#!/usr/bin/env python3
"""Build a data set whose texts have several labels out of TREC's questions, which have one each.

    OFFRAMP_DATA=DIR python3 Benchmarks/multi_label.py FOLDER

A text is one to three questions; its labels are the kinds of answers that they ask for. Training and
test questions stay apart. Writes train.tsv and test.tsv, with commas between labels:

    offramp train FOLDER/train.tsv --dev FOLDER/test.tsv --hold-out 0.05 --label-separator , ...
"""
import csv
import os
import pathlib
import random
import sys

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
    source, target = pathlib.Path(os.environ["OFFRAMP_DATA"]) / "trec", pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    for part, count in TEXTS.items():
        lines = ["text\tlabel", *map("\t".join, texts(questions(source / f"{part}.tsv"), count, chance))]
        (target / f"{part}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
