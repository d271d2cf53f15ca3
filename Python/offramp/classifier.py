"""A checkpoint at work: texts in, labels out."""
from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from . import _library
from ._errors import OfframpError
from ._texts import Column, Text, parted

if TYPE_CHECKING:
    import pandas

USUAL_COLUMNS = ("label", "score", "exit", "truncated")
COLUMNS = ("label", "score", "probabilities", "exit", "truncated")


class Classifier:
    """A checkpoint at work. Answers are those of the command line, to the bit.

    It is immutable: any number of threads may share one, and a child of `os.fork` goes on with it. A copy
    made by pickling loads the checkpoint anew.

    checkpoint: the folder.
    speed: an operating point of the checkpoint: "fast", "balanced", "accurate", or a name that
        `offramp calibrate` has saved.
    policy: when texts leave, such as "confidence:0.9"; not together with `speed`.
    method: the heads to use, by the method that trained them.
    precision: "float32", "bfloat16", "int8", or "auto" for the fastest that kept the accuracy.
    long_texts: what is read of long texts: "head", "head-tail", "windows", "windows:N" or "refuse".
    threads: how many share the work; one per processor unless given.

    Raises OfframpError for a checkpoint or an option that cannot be read.
    """

    def __init__(
        self, checkpoint: str | os.PathLike[str], *, speed: str | None = None, policy: str | None = None,
        method: str | None = None, precision: str = "auto", long_texts: str = "head",
        threads: int | None = None,
    ) -> None:
        self._handle = None
        self._checkpoint = os.fspath(checkpoint)
        self._options: dict[str, Any] = dict(
            speed=speed, policy=policy, method=method, precision=precision, long_texts=long_texts,
            threads=threads)
        if threads is not None and threads < 1:
            raise OfframpError(64, "threads", str(threads), "a number from 1")
        words = {key: value.encode() for key, value in self._options.items()
                 if isinstance(value, str)}
        self._handle = _library.open_classifier(
            self._checkpoint, _library.Options(**words, threads=threads or 0))
        self._facts: dict[str, Any] = json.loads(_library.describe(self._handle))

    @property
    def labels(self) -> list[str]:
        """The labels' names, in the order of their probabilities; none in a regression."""
        return list(self._facts["labels"])

    @property
    def task(self) -> str:
        """"single_label_classification", "multi_label_classification" or "regression"."""
        return self._facts["task"]

    @property
    def depths(self) -> list[int]:
        """The depths at which texts can leave, ascending; the last is the full model."""
        return list(self._facts["depths"])

    @property
    def policy(self) -> str:
        """When texts leave."""
        return self._facts["policy"]

    @property
    def precision(self) -> str:
        """What layers compute in."""
        return self._facts["precision"]

    def __call__(
        self, texts: Text | Iterable[Text], *, columns: Sequence[str] = USUAL_COLUMNS
    ) -> list[dict[str, Any]]:
        """Classifies texts, in batches of similar length on all threads.

        texts: strings, or pairs as `(text, pair)` or `{"text": …, "text_pair": …}`. One string is a list
            of one.
        columns: what is told of each: "label", "score", "probabilities", "exit", "truncated".

        Returns a dictionary for each text, in their order. `label` is a list where a text may have several
        labels; in a regression it is the number, and `score` and `probabilities` are None.
        Raises TypeError for what is no text, OfframpError for a text that the checkpoint cannot take.
        """
        return list(self.stream([texts] if isinstance(texts, (str, dict)) else texts, columns=columns))

    def stream(
        self, texts: Iterable[Text], *, columns: Sequence[str] = USUAL_COLUMNS, chunk: int = 4096
    ) -> Iterator[dict[str, Any]]:
        """Classifies texts as they come, in their order, with bounded memory; see `__call__`.

        chunk: how many texts are read before they are classified together.
        """
        _check(columns)
        source, place = iter(texts), 0
        while read := list(itertools.islice(source, chunk)):
            answers = self.answers(*parted(read, place))
            place += len(read)
            values = [answers.column(name) for name in columns]
            yield from (dict(zip(columns, row)) for row in zip(*values))

    def frame(
        self, texts: Iterable[Text], *, columns: Sequence[str] = USUAL_COLUMNS
    ) -> "pandas.DataFrame":
        """Classifies texts into a data frame of pandas, a row each; see `__call__`. The index of a series
        stays."""
        import pandas

        _check(columns)
        answers = self.answers(*parted(texts))
        return pandas.DataFrame(
            {name: answers.column(name) for name in columns}, index=getattr(texts, "index", None)
            if isinstance(texts, pandas.Series) else None)

    def answers(self, texts: Sequence[str], seconds: Sequence[str] | None = None) -> "Answers":
        """Classifies texts, or pairs with these second texts, into columns."""
        return self._classify(Column(texts), None if seconds is None else Column(seconds))

    def _classify(self, texts: Any, seconds: Any) -> "Answers":
        if self._handle is None:
            raise OfframpError(64, "classifier", "one that is closed", "an open one")
        answers = Answers(texts.count, self._facts)
        _library.classify(
            self._handle, texts.as_texts(), seconds.as_texts() if seconds is not None else None,
            answers._memory)
        return answers

    def close(self) -> None:
        """Frees the checkpoint's memory. Without it that happens when nothing refers to the classifier."""
        handle, self._handle = self._handle, None
        if handle is not None:
            _library.close_classifier(handle)

    def __enter__(self) -> "Classifier":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        # The interpreter may have taken the module apart already.
        if getattr(self, "_handle", None) is not None and _library is not None:
            self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopened, (self._checkpoint, self._options)

    def __repr__(self) -> str:
        return f"<offramp.Classifier of {self._checkpoint}: {self.policy}, {self.precision}>"


class Answers:
    """The answers to some texts, by columns."""

    def __init__(self, count: int, facts: dict[str, Any]) -> None:
        self._task, self._labels, self._count = facts["task"], facts["labels"], count
        cells = count * len(self._labels)
        self._memory = _library.Answers(
            label=(_library.c_int32 * count)(), score=(_library.c_float * count)(),
            exit=(_library.c_int32 * count)(), truncated=(_library.c_uint8 * count)(),
            probabilities=(_library.c_float * cells)(), given=(_library.c_uint8 * cells)())

    def __len__(self) -> int:
        return self._count

    def column(self, name: str) -> list[Any]:
        """One of "label", "score", "probabilities", "exit", "truncated", a value for each text."""
        _check([name])
        return getattr(self, f"_{name}")()

    def _label(self) -> list[Any]:
        if self._task == "regression":
            return self._memory.score[:self._count]
        if self._task == "multi_label_classification":
            given = self._rows(self._memory.given)
            return [list(itertools.compress(self._labels, row)) for row in given]
        labels = self._labels
        return [labels[index] for index in self._memory.label[:self._count]]

    def _score(self) -> list[Any]:
        if self._task == "regression":
            return [None] * self._count
        return self._memory.score[:self._count]

    def _probabilities(self) -> list[Any]:
        if self._task == "regression":
            return [None] * self._count
        return [dict(zip(self._labels, row)) for row in self._rows(self._memory.probabilities)]

    def _exit(self) -> list[int]:
        return self._memory.exit[:self._count]

    def _truncated(self) -> list[bool]:
        return list(map(bool, self._memory.truncated[:self._count]))

    def _rows(self, cells: Any) -> Iterator[list[Any]]:
        width = len(self._labels)
        values = cells[:self._count * width]
        return (values[start:start + width] for start in range(0, len(values), width))


def _check(columns: Iterable[str]) -> None:
    for name in columns:
        if name not in COLUMNS:
            raise OfframpError(64, "columns", name, f"some of {', '.join(COLUMNS)}")


def _reopened(checkpoint: str, options: dict[str, Any]) -> Classifier:
    return Classifier(checkpoint, **options)
