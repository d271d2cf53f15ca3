#!/usr/bin/env python3
"""How Offramp's speed and memory change with workers, batches, depths, texts and files.

    OFFRAMP_DATA=DIR python3 Benchmarks/scaling.py workers|batches|depths|lengths|rows

Needs nothing but Python.
"""
import argparse
import json
import os
import pathlib
import shlex
import statistics

from peers import glue, report
from peers.offramp import Offramp, timed

ROOT = pathlib.Path(__file__).resolve().parents[1]
DATA = pathlib.Path(os.environ.get("OFFRAMP_DATA", ""))

WORKERS = [1, 2]
BATCHES = [128, 256, 512, 768, 1024, 2048]
LENGTHS = [8, 16, 32, 64, 128, 256, 512]
ROWS = [1_000, 10_000, 100_000, 1_000_000]
# Texts of one length hold so many tokens together.
TOKENS = 32_768
SPECIAL_TOKENS = 2


def parsed():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=MEASUREMENTS)
    parser.add_argument("--checkpoint", type=pathlib.Path, default=ROOT / "checkpoints" / "sst2")
    parser.add_argument("--offramp", type=pathlib.Path, default=ROOT / ".build/release/offramp")
    parser.add_argument("--data", type=pathlib.Path, default=DATA / "sst2",
                        help="folder of train.tsv and dev.tsv (default: sst2 in OFFRAMP_DATA)")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / ".build" / "scaling")
    parser.add_argument("--rounds", type=int, default=5, help="turns that each setting gets")
    parser.add_argument("--options", type=shlex.split, default=[],
                        help="for offramp: '--policy full' for example")
    return parser.parse_args()


def workers(options):
    """Throughput by the number of workers."""
    settings = {count: [options.data / "dev.tsv", "--threads", count] for count in WORKERS}
    figures = measured(settings, options)
    show("workers", figures, "against one", lambda count: ratio(figures, count, WORKERS[0]))


def batches(options):
    """Throughput by the tokens of a batch."""
    settings = {count: [options.data / "dev.tsv", "--batch-tokens", count] for count in BATCHES}
    figures = measured(settings, options)
    show("tokens a batch", figures, f"against {BATCHES[0]}",
         lambda count: ratio(figures, count, BATCHES[0]))


def depths(options):
    """Throughput when all texts leave at one depth, and what each layer adds to a text's time."""
    exits = json.loads((options.checkpoint / "exits" / "offramp.json").read_text())["depths"]
    settings = {depth: [options.data / "dev.tsv", "--policy", f"depth:{depth}"] for depth in exits}
    figures = measured(settings, options)
    times = {depth: 1e6 / statistics.median(speeds(found)) for depth, found in figures.items()}
    before = dict(zip(exits[1:], exits))
    show("depth", figures, "µs a text added",
         lambda depth: f"{times[depth] - times.get(before.get(depth), 0):.0f}")


def lengths(options):
    """Throughput and latency by the tokens of a text."""
    words = counted_words(options)
    settings = {count: [write_texts(options, words, count)] for count in LENGTHS}
    figures = measured(settings, options)
    show("tokens a text", figures, "tokens/s",
         lambda count: f"{count * statistics.median(speeds(figures[count])):,.0f}")


def measured(settings, options):
    """The figures of `offramp benchmark` for each setting, in alternating rounds."""
    offramp = Offramp(options.offramp, options.checkpoint, "auto")
    figures = {key: [] for key in settings}
    for _ in range(options.rounds):
        for key, arguments in settings.items():
            figures[key].append(offramp.answer(
                "benchmark", *arguments, "--limit", "--rounds", 3, *options.options))
    return figures


def show(title, figures, extra_title, extra):
    """Print the medians of the rounds."""
    titles = [title, "texts/s", extra_title, "G multiply-adds/s", "of the limit, %", "p50 ms"]
    report.table(titles, [
        [key, f"{statistics.median(speeds(found)):,.0f}", extra(key),
         f"{middle(found, 'limit', 'multiply_adds_per_second') / 1e9:.0f}",
         f"{100 * middle(found, 'limit', 'share'):.0f}",
         f"{middle(found, 'latency_ms', 'p50'):.2f}"]
        for key, found in figures.items()])
    any_round = next(iter(figures.values()))[0]
    print(f"{any_round['precision']}, {any_round['policy']} in the first row; {report.load()}")


def speeds(found):
    """Texts per second, round by round."""
    return [each["rows_per_second"]["value"] for each in found]


def ratio(figures, key, base):
    return report.ratio(speeds(figures[key]), speeds(figures[base]))


def middle(found, *path):
    return statistics.median(value_at(each, path) for each in found)


def value_at(figures, path):
    for key in path:
        figures = figures[key]
    return figures["value"]


def rows(options):
    """Speed and peak memory of `offramp label` by the length of the file."""
    options.cache.mkdir(parents=True, exist_ok=True)
    found = []
    for count in ROWS:
        source, target = options.cache / f"{count}.tsv", options.cache / "labelled.tsv"
        write_rows(options.data / "train.tsv", source, count)
        seconds, peak = timed([
            options.offramp, "label", source, "--output", target, "--force", "--quiet",
            "--checkpoint", options.checkpoint, *options.options])
        found.append([f"{count:,}", f"{count / seconds:,.0f}", f"{seconds:.2f}", f"{peak:.0f}"])
    report.table(["rows", "rows/s", "seconds", "peak memory, MB"], found)
    print(report.load())


def write_rows(source, target, count):
    """The rows of a file from its first one on, again and again."""
    header, *lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    with open(target, "w", encoding="utf-8") as file:
        file.write(header)
        for start in range(0, count, len(lines)):
            file.writelines(lines[: count - start])


def counted_words(options):
    """The words of the training file with the pieces that each has."""
    words = [word for text, _ in glue.read(options.data / "train.tsv") for word in text.split()]
    words = words[: 2 * TOKENS]
    counts = Offramp(options.offramp, options.checkpoint, "auto").token_counts(words)
    return [(word, count - SPECIAL_TOKENS) for word, count in zip(words, counts)]


def write_texts(options, words, length):
    """Texts of exactly so many tokens: words in their order, without those that do not fit."""
    texts, text, room = [], [], length - SPECIAL_TOKENS
    for word, pieces in words:
        if pieces > room:
            continue
        text.append(word)
        room -= pieces
        if room == 0:
            texts.append(" ".join(text))
            text, room = [], length - SPECIAL_TOKENS
    options.cache.mkdir(parents=True, exist_ok=True)
    path = options.cache / f"{length}-tokens.txt"
    path.write_text("\n".join(texts[: TOKENS // length]) + "\n", encoding="utf-8")
    return path


MEASUREMENTS = {
    "workers": workers, "batches": batches, "depths": depths, "lengths": lengths, "rows": rows}


if __name__ == "__main__":
    options = parsed()
    MEASUREMENTS[options.what](options)
