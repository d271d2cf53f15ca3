#!/usr/bin/env python3
"""Cuts IMDb's reviews into sentences as SST-2 spells them: texts without labels for a teacher to answer.

The reviews are those of the Large Movie Review Dataset (Maas et al. 2011), one file each, whose folder `train`
this script takes. Sentences of 6 to 32 words remain, each once, in a random order.

    Scripts/cut-reviews.py aclImdb/train sentences.tsv --count 110000
"""

import argparse
import pathlib
import random
import re

WORDS = range(6, 33)
SEED = 7


def spelled(sentence: str) -> str:
    """A sentence in lower case, with blanks around its signs and before its clitics."""
    text = re.sub(r"([a-z])n't\b", r"\1 n't", sentence.lower())
    text = re.sub(r"(\w)('s|'re|'ve|'ll|'d|'m)\b", r"\1 \2", text)
    text = re.sub(r'([.,!?;:()"])', r" \1 ", text).replace('"', "''").replace("--", " -- ")
    return " ".join(text.split())


def sentences(review: str) -> list[str]:
    text = re.sub(r"<br\s*/?>", " . ", review)
    return [spelled(part) for part in re.split(r"(?<=[.!?])\s+", text)]


def is_usable(sentence: str) -> bool:
    return len(sentence.split()) in WORDS and "\ufffd" not in sentence


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=pathlib.Path, help="the folder with unsup, pos and neg")
    parser.add_argument("output", type=pathlib.Path, help="the table to write")
    parser.add_argument("--count", type=int, default=110_000, help="sentences at most (default: %(default)s)")
    arguments = parser.parse_args()
    order = random.Random(SEED)
    files = sorted(path for part in ("unsup", "pos", "neg") for path in (arguments.reviews / part).glob("*.txt"))
    if not files:
        parser.error(f"{arguments.reviews}: found no reviews, expected text files in unsup, pos and neg")
    order.shuffle(files)
    found = dict.fromkeys(
        sentence for path in files for sentence in sentences(path.read_text("utf-8", "replace"))
        if is_usable(sentence))
    chosen = list(found)
    order.shuffle(chosen)
    arguments.output.write_text("\n".join(["sentence", *chosen[:arguments.count]]) + "\n", "utf-8")


main()
