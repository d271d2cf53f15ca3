"""The full model in every engine at its best, and Offramp, in alternating rounds."""
import json
import statistics
import sys
from dataclasses import dataclass, field

import glue
import report
import sentences
import setting_search
import timing
from engines import ENGINES
from offramp import Offramp

CALIBRATION_ROWS = 300


@dataclass
class Entrant:
    """One engine with its settings, and what it reached in each round."""

    name: str
    batched: str
    alone: str
    measure: object
    accuracy: float = 0
    speeds: list = field(default_factory=list)
    latencies: list = field(default_factory=list)

    def round(self):
        speed, latency, self.accuracy = self.measure()
        self.speeds.append(speed)
        self.latencies.append(latency)
        print(f"  {self.name}: {speed:.0f}/s, p50 {latency[0]:.2f} ms; {report.load()}", flush=True)


def compare(options):
    encoded = sentences.encode(options.checkpoint, glue.read(options.data / "dev.tsv"))
    peers = [peer(engine, options, encoded) for engine in chosen(options)]
    entrants = peers + ours(options)
    for number in range(options.rounds):
        print(f"round {number + 1}", flush=True)
        for entrant in entrants:
            entrant.round()
    show(entrants, peers)


def chosen(options):
    names = [engine.name for engine in ENGINES]
    wanted = options.only or names
    for name in wanted:
        if name not in names:
            sys.exit(f"--only: there is no {name}; there are {', '.join(names)}")
    kind = json.loads((options.checkpoint / "config.json").read_text())["model_type"]
    return [engine for engine in ENGINES
            if engine.name in wanted and kind in getattr(engine, "model_types", [kind])]


def peer(engine_type, options, encoded):
    """An engine exported and opened in its best settings."""
    folder = options.cache / "models" / engine_type.name.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    engine = engine_type(folder)
    engine.export(options.checkpoint, calibration(options))
    batched, alone = setting_search.best_settings(engine, encoded, folder / "settings.json")
    crowd = engine.workers(batched.variant, batched.count, batched.threads)
    single = engine.workers(alone.variant, 1, alone.threads)[0]
    batches, texts = sentences.batches(encoded, batched.batch), sentences.batches(encoded, 1)

    def measure():
        speed, accuracy = timing.throughput(crowd, batches)
        return speed, timing.percentiles(timing.latencies(single, texts)), accuracy

    return Entrant(engine.name, batched, alone, measure)


def calibration(options):
    """Single sentences of the training file, for the engines that quantise activations by them."""
    rows = glue.read(options.data / "train.tsv")
    part = rows[:: len(rows) // CALIBRATION_ROWS][:CALIBRATION_ROWS]
    return sentences.batches(sentences.encode(options.checkpoint, part), 1)


def ours(options):
    """Offramp at full depth and, of a trained model, with the checkpoint's default policy."""
    entrants = [own("Offramp, full depth", options, ["--policy", "full"])]
    if not options.shape:
        entrants.append(own("Offramp, early exit", options, options.early_exit))
    return entrants


def own(name, options, policy):
    offramp = Offramp(options.offramp, options.checkpoint, options.precision)
    data = options.data / "dev.tsv"
    accuracy = offramp.evaluate(data, policy)["accuracy"]

    def measure():
        figures = offramp.benchmark(data, policy, options.passes, threads=2)
        latency = [figures["latency_ms"][key]["value"] for key in ("p50", "p95", "p99")]
        return figures["rows_per_second"]["value"], latency, accuracy

    return Entrant(name, f"{options.precision}, 2 workers", "2 threads", measure)


def show(entrants, peers):
    """Medians over the rounds, and Offramp's ratios to the best peer."""
    report.table(
        ["engine", "in batches", "texts/s", "alone", "p50 ms", "p95", "p99", "accuracy"],
        [row(entrant) for entrant in entrants])
    fastest = max(peers, key=lambda each: statistics.median(each.speeds))
    quickest = min(peers, key=lambda each: middle(each)[0])
    for own_entrant in entrants[len(peers):]:
        p50 = [[each[0] for each in entrant.latencies] for entrant in (quickest, own_entrant)]
        print(f"{own_entrant.name}: "
              f"{report.ratio(own_entrant.speeds, fastest.speeds)} times {fastest.name}'s texts/s; "
              f"p50 {report.ratio(*p50)} times lower than {quickest.name}'s")
    print(report.load())


def row(entrant):
    return [
        entrant.name, entrant.batched, f"{statistics.median(entrant.speeds):.0f}", entrant.alone,
        *(f"{value:.2f}" for value in middle(entrant)), f"{100 * entrant.accuracy:.1f}"]


def middle(entrant):
    """The medians of the rounds' percentiles."""
    return [statistics.median(values) for values in zip(*entrant.latencies)]
