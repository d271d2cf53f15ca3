#!/usr/bin/env python3
"""What answers at any time are worth, exit by exit, with and without `--monotone`.

    python3 Benchmarks/anytime.py FILE [--checkpoint DIR]

FILE has the columns `sentence` and `label` and single texts. Prints the accuracy of every exit, how many texts get an
answer that is less sure than the one before, and how far confidence falls at most.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks" / "peers"))
import report  # noqa: E402


def answers(texts, options):
    """The answers to each text, one from every exit."""
    command = [ROOT / ".build/release/offramp", "classify", "--anytime", "--policy", "full",
               "--json", "--quiet", *options]
    lines = subprocess.run(command, input="\n".join(texts) + "\n", text=True, check=True,
                           stdout=subprocess.PIPE).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    exits = len(found) // len(texts)
    return [found[start:start + exits] for start in range(0, len(found), exits)]


def row(name, found, gold):
    exits = range(len(found[0]))
    right = [sum(text[exit]["label"] in label for text, label in zip(found, gold)) for exit in exits]
    falls = [max(before["score"] - after["score"] for before, after in zip(text, text[1:]))
             for text in found]
    share = sum(fall > 0 for fall in falls) / len(falls)
    return [name, *(f"{100 * count / len(found):.1f}" for count in right), f"{100 * share:.1f} %",
            f"{max(*falls, 0):.2f}"]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--checkpoint", default=ROOT / "checkpoints/sst2")
    options = parser.parse_args()
    with open(options.file, encoding="utf-8") as source:
        rows = list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [row["sentence"] for row in rows]
    # SST-2 writes its labels as numbers.
    gold = [(row["label"], {"0": "negative", "1": "positive"}.get(row["label"])) for row in rows]
    table = [row(name, answers(texts, ["--checkpoint", options.checkpoint, *flags]), gold)
             for name, flags in (("each exit", []), ("--monotone", ["--monotone"]))]
    exits = len(table[0]) - 3
    report.table(["answers", *map(str, range(exits)), "less sure", "by at most"], table)


if __name__ == "__main__":
    main()
