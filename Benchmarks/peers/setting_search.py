"""Finds each engine's best settings by trying all of them on a part of the sentences."""
import json
from dataclasses import asdict, dataclass

import sentences
import timing

BATCHES = [1, 8, 16, 32]
# Workers, and threads of each.
LAYOUTS = [(1, 2), (2, 1)]
# Latency: one worker, which may use one thread or two.
ALONE = [(1, 1), (1, 2)]
# A part of this many texts at least is tried.
PART = 200
REPEATS = 2
# Variants are first compared in the setting that suits most; the best go through all settings.
FIRST_LAYOUT, FIRST_BATCH = (2, 1), 16
FINALISTS = 2
# One that answers so much worse than the engine's best is not among them, however fast.
MOST_LOST = 0.02


@dataclass(frozen=True)
class Setting:
    variant: str
    count: int
    threads: int
    batch: int

    def __str__(self):
        return f"{self.variant}, {self.count} x {self.threads} threads, batch {self.batch}"


def best_settings(engine, encoded, record):
    """The fastest setting in batches and for one text at a time, kept in a file."""
    if not record.exists():
        found = search(engine, encoded)
        record.write_text(json.dumps([asdict(setting) for setting in found], indent=1))
    return [Setting(**fields) for fields in json.loads(record.read_text())]


def search(engine, encoded):
    """Tries variants, then layouts and batches, on a part of the sentences."""
    first = trials(engine, encoded, engine.variants, [FIRST_LAYOUT], [FIRST_BATCH])
    best = max(accuracy for _, accuracy in first.values())
    able = [each for each, (_, accuracy) in first.items() if accuracy >= best - MOST_LOST]
    ranked = sorted(able, key=first.get, reverse=True)[:FINALISTS]
    variants = [setting.variant for setting in ranked]
    batched = trials(engine, encoded, variants, LAYOUTS, BATCHES)
    alone = trials(engine, encoded, variants, ALONE, [1])
    return [max(found, key=found.get) for found in (batched, alone)]


def trials(engine, encoded, variants, layouts, sizes):
    """Texts per second of each setting, and its accuracy."""
    found = {}
    for variant in variants:
        for count, threads in layouts:
            workers = opened(engine, variant, count, threads)
            for size in sizes if workers else []:
                setting = Setting(variant, count, threads, size)
                speed, accuracy = found[setting] = trial(workers, encoded, size)
                print(f"  {engine.name}: {setting}: {speed:.0f}/s, {accuracy:.1%} right", flush=True)
    return found


def opened(engine, variant, count, threads):
    """The workers, or none where the engine refuses the variant on this processor."""
    try:
        return engine.workers(variant, count, threads)
    except ValueError as error:
        print(f"  {engine.name}: {variant}: {error}")
        return []


def trial(workers, encoded, size):
    """The fastest of a few passes, as other processes may disturb one."""
    batches = sentences.batches(encoded[:: max(1, len(encoded) // PART)], size)
    return max(timing.throughput(workers, batches) for _ in range(REPEATS))
