#!/usr/bin/env python3
"""Compare Offramp with its peers on this machine, in alternating rounds.

    OFFRAMP_DATA=DIR python3 Benchmarks/peers/compare.py engines|tokenizers|training|accuracy

The peers are installed from PyPI in a virtual environment on first use. Models that were exported
stay beside it, in a folder for each checkpoint.
"""
import argparse
import hashlib
import importlib
import os
import pathlib
import shlex

import environment

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("OFFRAMP_DATA", ""))


def parsed():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["engines", "tokenizers", "training", "accuracy"])
    parser.add_argument("--checkpoint", type=pathlib.Path, default=ROOT / "checkpoints" / "sst2")
    parser.add_argument("--offramp", type=pathlib.Path, default=ROOT / ".build/release/offramp")
    parser.add_argument("--data", type=pathlib.Path, default=DATA / "sst2",
                        help="folder of train.tsv and dev.tsv (default: sst2 in OFFRAMP_DATA)")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / ".build" / "peers")
    parser.add_argument("--shape", choices=["bert-base"],
                        help="run the engines on a model of this shape with random weights, on "
                             "texts of 128 tokens, instead of the checkpoint")
    parser.add_argument("--backbone", type=pathlib.Path,
                        help="what `accuracy` trains from (make backbone)")
    parser.add_argument("--tasks", nargs="+", help="the data sets of `accuracy` (default: all)")
    parser.add_argument("--results", type=pathlib.Path,
                        default=ROOT / "Benchmarks" / "results" / "accuracy.jsonl",
                        help="where the runs of `accuracy` are kept")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--passes", type=int, default=3,
                        help="passes of `offramp benchmark` over the sentences in a round")
    parser.add_argument("--only", nargs="+", metavar="ENGINE", help="run these peers alone")
    parser.add_argument("--precision", default="int8", help="Offramp's precision")
    parser.add_argument("--early-exit", type=shlex.split, default=[], metavar="OPTIONS",
                        help="Offramp's policy options (default: the checkpoint's policy)")
    return parser.parse_args()


def models_of(checkpoint):
    """A name that changes with the weights, so that no export outlives them."""
    digest = hashlib.sha256()
    for file in ("model.safetensors", "exits/offramp.safetensors"):
        digest.update((checkpoint / file).read_bytes())
    return digest.hexdigest()[:12]


def main():
    options = parsed()
    environment.enter(options.cache)
    if options.shape:
        importlib.import_module("shapes").prepare(options)
    if options.what != "accuracy":
        options.cache = options.cache / models_of(options.checkpoint)
        options.cache.mkdir(exist_ok=True)
    importlib.import_module(f"compare_{options.what}").compare(options)


if __name__ == "__main__":
    main()
