#!/usr/bin/env python3
"""The Python package beside the command line, in alternating rounds on the same texts.

    make test-python                 # installs the package in .build/python
    OFFRAMP_DATA=DIR .build/python/bin/python Benchmarks/bindings.py

In batches: lists of 10,000 texts against `offramp benchmark`. One text at a time: the median time of a call
against that of the engine, which includes tokenizing.
"""
import argparse
import os
import pathlib
import statistics
import time

import offramp
from peers import glue, report
from peers.offramp import Offramp

ROOT = pathlib.Path(__file__).resolve().parents[1]
LIST = 10_000


def parsed():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=pathlib.Path, default=ROOT / "checkpoints" / "sst2")
    parser.add_argument("--offramp", type=pathlib.Path, default=ROOT / ".build/release/offramp")
    parser.add_argument("--data", type=pathlib.Path,
                        default=pathlib.Path(os.environ.get("OFFRAMP_DATA", "")) / "sst2")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / ".build" / "scaling")
    parser.add_argument("--rounds", type=int, default=7)
    return parser.parse_args()


def main():
    options = parsed()
    texts = [text for text, _ in glue.read(options.data / "train.tsv")][:LIST]
    single = [text for text, _ in glue.read(options.data / "dev.tsv")]
    options.cache.mkdir(parents=True, exist_ok=True)
    source = options.cache / "list.txt"
    source.write_text("\n".join(texts) + "\n", encoding="utf-8")
    engine = Offramp(options.offramp, options.checkpoint, "auto")
    classifier = offramp.Classifier(options.checkpoint)
    classifier(texts[:1000])
    lists, engines, calls, alone = [], [], [], []
    for _ in range(options.rounds):
        engines.append(engine.answer("benchmark", source, "--rounds", 3)["rows_per_second"]["value"])
        lists.append(len(texts) / seconds(lambda: classifier(texts)))
        alone.append(1000 * engine.answer("benchmark", options.data / "dev.tsv", "--rounds", 3)[
            "latency_ms"]["p50"]["value"])
        calls.append(1e6 * statistics.median(
            seconds(lambda text=text: classifier(text)) for text in single))
    report.table(["", "engine", "Python", "ratio or difference"], [
        ["lists of 10,000, texts/s", f"{statistics.median(engines):,.0f}",
         f"{statistics.median(lists):,.0f}", report.ratio(lists, engines)],
        ["one text, µs", f"{statistics.median(alone):.0f}", f"{statistics.median(calls):.0f}",
         f"{statistics.median(call - own for call, own in zip(calls, alone)):+.0f}"]])
    print(report.load())


def seconds(call):
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
