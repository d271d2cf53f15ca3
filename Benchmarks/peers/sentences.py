"""The sentences that every engine gets, as token ids."""
from dataclasses import dataclass

import numpy
from transformers import AutoTokenizer


@dataclass
class Batch:
    """Texts padded to the longest; `rows` holds the same ids without padding."""

    rows: list
    labels: numpy.ndarray
    ids: numpy.ndarray
    mask: numpy.ndarray

    def __init__(self, encoded):
        self.rows = [ids for ids, _ in encoded]
        self.labels = numpy.array([label for _, label in encoded])
        self.ids = numpy.zeros((len(encoded), max(map(len, self.rows))), dtype=numpy.int64)
        self.mask = numpy.zeros_like(self.ids)
        for row, ids in enumerate(self.rows):
            self.ids[row, : len(ids)] = ids
            self.mask[row, : len(ids)] = 1


def encode(checkpoint, sentences):
    """The ids of each text, special tokens included, with its label."""
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    encoded = tokenizer([text for text, _ in sentences])["input_ids"]
    return [(ids, label) for ids, (_, label) in zip(encoded, sentences)]


def batches(encoded, size):
    """Batches of texts of like lengths, the longest first, so that workers end together."""
    ordered = sorted(encoded, key=lambda pair: -len(pair[0]))
    return [Batch(ordered[start : start + size]) for start in range(0, len(ordered), size)]
