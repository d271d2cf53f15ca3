#!/usr/bin/env python3
"""Where the time of `offramp benchmark` goes, operation by operation, by Linux's perf.

    OFFRAMP_DATA=DIR python3 Benchmarks/time_shares.py [--options "--policy full"]

Only answering in batches counts, tokenizing included. At full depth each product's and attention's
multiply-adds per second are set against the fastest product alone. Time is that of processors, so
that other processes disturb it little. A name of the program that no sample shows ends the script:
its time would be counted elsewhere.
"""
import argparse
import collections
import json
import os
import pathlib
import shlex
import subprocess

from peers import glue, report
from peers.offramp import Offramp

ROOT = pathlib.Path(__file__).resolve().parents[1]
DATA = pathlib.Path(os.environ.get("OFFRAMP_DATA", ""))

SAMPLES_PER_SECOND = 999
# `offramp benchmark` answers all texts twice before its rounds.
EXTRA_PASSES = 2
# Parts of the mangled names of Swift's functions, as perf shows them.
COUNTED = "ThroughputFigures", "9inBatches", "11LoadedModelV6encode"
NOT_COUNTED = "LatencyFigures", "BareProduct"
LAYER, PRODUCT, FEED_FORWARD = "9BertLayerV", "LinearV14callAsFunction", "offramp_feed_forward_int8"
# In the order of the code.
PRODUCTS = [
    (PRODUCT, ("q/k/v product", "output product")),
    (FEED_FORWARD, ("feed-forward product, up, with GELU", "feed-forward product, down"))]
# The first that fits holds.
OUTSIDE_LAYERS = {
    "heads and policy": ["$s11OfframpExit", "meanMax", "9PolicyRun"],
    "embeddings": ["12embeddingSum", "layerNormalized"],
    "tokenizing": ["$s16OfframpTokenizer", "11LoadedModelV6encode"],
}
INSIDE_LAYERS = {
    "quantising": "quantize", "norms": "layer_norm", "attention": "selfAttention",
    "a product of the feed-forward network": "linear_int8"}
OPERATIONS = [
    "q/k/v product", "attention", "output product", "norm after attention",
    "feed-forward product, up, with GELU", "feed-forward product, down",
    "norm after feed-forward", "quantising", "rest of the layers",
    "embeddings", "heads and policy", "tokenizing", "rest"]


def parsed():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=pathlib.Path, default=ROOT / "checkpoints" / "sst2")
    parser.add_argument("--offramp", type=pathlib.Path, default=ROOT / ".build/release/offramp")
    parser.add_argument("--data", type=pathlib.Path, default=DATA / "sst2" / "dev.tsv",
                        help="a file of texts (default: sst2/dev.tsv in OFFRAMP_DATA)")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / ".build" / "time_shares")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--options", type=shlex.split, default=[],
                        help="for offramp: '--policy full' for example")
    return parser.parse_args()


def main():
    options = parsed()
    options.cache.mkdir(parents=True, exist_ok=True)
    figures = record(options)
    counts = collections.Counter()
    for operation in classified(stacks(options.cache / "perf.data")):
        counts[operation] += 1
    work = multiply_adds(options) if figures["policy"] == "full" else {}
    show(counts, work, figures, options.rounds + EXTRA_PASSES)


def record(options):
    """Runs the benchmark under perf. Returns the benchmark's figures."""
    command = [
        "perf", "record", "--quiet", "--call-graph", "fp", "--freq", SAMPLES_PER_SECOND,
        "--output", options.cache / "perf.data", "--",
        options.offramp, "benchmark", options.data, "--checkpoint", options.checkpoint,
        "--limit", "--json", "--quiet", "--rounds", options.rounds, *options.options]
    result = subprocess.run(
        [str(part) for part in command], check=True, text=True, stdout=subprocess.PIPE)
    return json.loads(result.stdout)


def stacks(path):
    """Each sample's functions with the addresses in them, the innermost first."""
    script = subprocess.run(
        ["perf", "script", "--input", str(path), "--fields", "ip,sym"], check=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for sample in script.stdout.split("\n\n"):
        frames = [line.split(None, 1) for line in sample.strip().splitlines()]
        yield [(int(frame[0], 16), frame[-1]) for frame in frames]


def classified(stacks):
    """The operation of each sample that answers texts in batches."""
    stacks = list(stacks)
    refuse_unknown_names({name for stack in stacks for _, name in stack})
    stacks = [stack for stack in stacks if is_counted(" ".join(name for _, name in stack))]
    callers = {name: call_sites(stacks, name, len(products)) for name, products in PRODUCTS}
    return [operation(stack, callers) for stack in stacks]


def refuse_unknown_names(names):
    """Ends the script where a name that it looks for is in no sample."""
    expected = [
        *COUNTED, *NOT_COUNTED, LAYER, PRODUCT, FEED_FORWARD, *INSIDE_LAYERS.values(),
        *(part for parts in OUTSIDE_LAYERS.values() for part in parts)]
    missing = [part for part in expected if not any(part in name for name in names)]
    if missing:
        raise SystemExit(f"no sample is in a function named {', '.join(missing)}")


def is_counted(names):
    return any(name in names for name in COUNTED) and not any(
        name in names for name in NOT_COUNTED)


def call_sites(stacks, name, count):
    """Where products are called from, in the order of the code: they share their function.

    A linear map is told apart by its caller's address, a product of the feed-forward network by the
    address inside that kernel. A broken stack may show another place: the most frequent ones count.
    """
    sites = collections.Counter(call_site(stack, name) for stack in stacks)
    del sites[None]
    if len(sites) < count:
        raise SystemExit(f"{name} is called from {len(sites)} places, not from {count}")
    return sorted(site for site, _ in sites.most_common(count))


def call_site(stack, name):
    names = [each for _, each in stack]
    for index, found in enumerate(names):
        if name in found:
            if name == FEED_FORWARD:
                return stack[index][0] if "linear_int8" in names[index - 1] else None
            return stack[index + 1][0] if any(LAYER in name for name in names) else None
    return None


def operation(stack, callers):
    names = " ".join(name for _, name in stack)
    if LAYER in names:
        return layer_operation(stack, names, callers)
    for name, parts in OUTSIDE_LAYERS.items():
        if any(part in names for part in parts):
            return name
    return "rest"


def layer_operation(stack, names, callers):
    if "quantize" in stack[0][1]:
        return "quantising"
    if "layer_norm" in names:
        return f"norm after {'feed-forward' if FEED_FORWARD in names else 'attention'}"
    if "selfAttention" in names:
        return "attention"
    for name, products in PRODUCTS:
        site = call_site(stack, name)
        if site in callers[name]:
            return products[callers[name].index(site)]
    return "rest of the layers"


def multiply_adds(options):
    """Of each operation in all layers, all texts together."""
    config = json.loads((options.checkpoint / "config.json").read_text())
    layers, width = config["num_hidden_layers"], config["hidden_size"]
    texts = [text for text, _ in glue.read(options.data)]
    lengths = Offramp(options.offramp, options.checkpoint, "auto").token_counts(texts)
    matrix = {
        "q/k/v product": 3 * width, "output product": width,
        "feed-forward product, up, with GELU": config["intermediate_size"],
        "feed-forward product, down": config["intermediate_size"]}
    work = {name: layers * width * outputs * sum(lengths) for name, outputs in matrix.items()}
    work["attention"] = layers * 2 * width * sum(length * length for length in lengths)
    return work


def show(counts, work, figures, passes):
    total = sum(counts.values())
    limit = figures["limit"]["products_alone"]["value"] / figures["workers"]
    rows = []
    for name in OPERATIONS:
        seconds = counts[name] / SAMPLES_PER_SECOND / passes
        rate = work[name] / seconds if name in work and seconds else None
        rows.append([
            name, f"{100 * counts[name] / total:.1f}", f"{1e6 * seconds / figures['texts']:.1f}",
            f"{rate / 1e9:.0f}" if rate else "", f"{100 * rate / limit:.0f}" if rate else ""])
    report.table(
        ["operation", "share, %", "µs per text", "G multiply-adds/s per core", "of the limit, %"], rows)
    print(f"{figures['precision']}, {figures['policy']}, one core reaches at most {limit / 1e9:.0f} G "
          f"multiply-adds/s; {report.load()}")


if __name__ == "__main__":
    main()
