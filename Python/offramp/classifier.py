"""A checkpoint at work: texts in, labels out."""
from __future__ import annotations

import itertools
import json
import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from . import _library
from ._errors import OfframpError
from ._texts import Column, Text, is_one, parted, several

if TYPE_CHECKING:
    import pandas

USUAL_COLUMNS = ("label", "score", "exit", "truncated")
COLUMNS = ("label", "score", "probabilities", "exit", "truncated")


class Classifier:
    """A checkpoint at work. Answers are those of the command line, to the bit.

    It is immutable: any number of threads may share one, and a child of `os.fork` goes on with it. A copy
    made by pickling loads the checkpoint anew.

    checkpoint: the folder, as a string or a `pathlib.Path`.
    speed: an operating point of the checkpoint: "fast", "balanced", "accurate", or a name that
        `offramp calibrate` has saved.
    policy: when texts leave, such as "confidence:0.9"; not together with `speed`.
    method: the heads to use, by the method that trained them.
    precision: "float32", "bfloat16", "int8", or "auto" for the fastest that kept the accuracy.
    long_texts: what is read of long texts: "head", "head-tail", "windows", "windows:N" or "refuse".
    threads: how many share the work; one per processor unless given.

    Raises TypeError for an option of another type, OfframpError for a checkpoint or an option that cannot be
    read.
    """

    def __init__(
        self, checkpoint: str | os.PathLike[str], *, speed: str | None = None, policy: str | None = None,
        method: str | None = None, precision: str = "auto", long_texts: str = "head",
        threads: int | None = None,
    ) -> None:
        self._handle = None
        self._checkpoint = os.fspath(checkpoint)
        words = dict(
            speed=speed, policy=policy, method=method, precision=precision, long_texts=long_texts)
        self._options: dict[str, Any] = dict(words, threads=threads)
        _check_strings(checkpoint=self._checkpoint, **words)
        if threads is not None and threads < 1:
            raise OfframpError(64, "threads", str(threads), "a number from 1")
        encoded = {name: word.encode() for name, word in words.items() if word is not None}
        self._handle = _library.open_classifier(
            self._checkpoint, _library.Options(**encoded, threads=threads or 0))
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

        texts: strings, or pairs as `(text, pair)` or `{"text": …, "text_pair": …}`. One string or pair
            alone is a list of one; a tuple of two strings is always a pair.
        columns: what is told of each: "label", "score", "probabilities", "exit", "truncated".

        Returns a dictionary for each text, in their order. `label` is a list where a text may have several
        labels; in a regression it is the number, and `score` and `probabilities` are None.
        Raises TypeError for what is no text, OfframpError for a text that the checkpoint cannot take.
        """
        if is_one(texts):
            return self._rows([texts], 0, column_names(columns))
        return list(self.stream(texts, columns=columns))

    def stream(
        self, texts: Iterable[Text], *, columns: Sequence[str] = USUAL_COLUMNS, chunk: int = 4096
    ) -> Iterator[dict[str, Any]]:
        """Classifies texts as they come, in their order, with bounded memory; see `__call__`.

        texts: several; one string or pair alone must stand in a list.
        chunk: how many texts are read before they are classified together.

        Raises, before the first answer is asked for, TypeError for one text alone and ValueError for a chunk
        without texts.
        """
        if chunk < 1:
            raise ValueError(f"chunk: found {chunk}, expected a number from 1")
        return self._streamed(iter(several(texts)), column_names(columns), chunk)

    def _streamed(
        self, texts: Iterator[Text], columns: Sequence[str], chunk: int
    ) -> Iterator[dict[str, Any]]:
        place = 0
        while read := list(itertools.islice(texts, chunk)):
            yield from self._rows(read, place, columns)
            place += len(read)

    def _rows(self, texts: Sequence[Text], first: int, columns: Sequence[str]) -> list[dict[str, Any]]:
        answers = self.answers(*parted(texts, first), columns=columns)
        values = zip(*[answers.column(name) for name in columns])
        return [dict(zip(columns, row)) for row in values]

    def frame(
        self, texts: Iterable[Text], *, columns: Sequence[str] = USUAL_COLUMNS
    ) -> "pandas.DataFrame":
        """Classifies texts into a data frame of pandas, a row each; see `__call__`. The index of a series
        stays.

        texts: several; one string or pair alone must stand in a list. Of another data frame the column of
            the texts.
        """
        import pandas

        names = column_names(columns)
        answers = self.answers(*parted(list(several(texts))), columns=names)
        return pandas.DataFrame(
            {name: answers.column(name) for name in names}, index=getattr(texts, "index", None)
            if isinstance(texts, pandas.Series) else None)

    def answers(
        self, texts: Sequence[str], seconds: Sequence[str] | None = None, *,
        columns: Sequence[str] = COLUMNS,
    ) -> "Answers":
        """Classifies texts, or pairs with these second texts, into columns.

        texts, seconds: lists, or tuples of any length: here alone a tuple of two strings is two texts.

        Raises TypeError for one text alone, ValueError unless there are as many second texts as texts.
        """
        pair = None if seconds is None else Column(seconds, "seconds")
        return self._classify(Column(texts), pair, columns)

    def _classify(self, texts: Any, seconds: Any, columns: Sequence[str] = COLUMNS) -> "Answers":
        if self._handle is None:
            raise OfframpError(64, "classifier", "one that is closed", "an open one")
        if seconds is not None and seconds.count != texts.count:
            raise ValueError(f"seconds: found {seconds.count}, expected {texts.count}, as many as texts")
        answers = Answers(texts.count, self._facts, columns)
        _library.classify(
            self._handle, texts.as_texts(), None if seconds is None else seconds.as_texts(),
            answers._as_memory())
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

    def __init__(self, count: int, facts: dict[str, Any], columns: Sequence[str] = COLUMNS) -> None:
        self._task, self._labels, self._count = facts["task"], facts["labels"], count
        self._cells = {name: self._empty(name) for name in map(self._source, column_names(columns))}

    def _source(self, column: str) -> str:
        """The library's cells that a column is made of."""
        return _SOURCES_OF_LABEL[self._task] if column == "label" else column

    def _empty(self, cells: str) -> array[Any]:
        width = len(self._labels) if cells in ("probabilities", "given") else 1
        code = _library.CELLS[cells]
        return array(code, bytes(self._count * width * _SIZES[code]))

    def _as_memory(self) -> _library.Answers:
        return _library.Answers(**{name: cells.buffer_info()[0] for name, cells in self._cells.items()})

    def __len__(self) -> int:
        return self._count

    def column(self, name: str) -> list[Any]:
        """One of "label", "score", "probabilities", "exit", "truncated", a value for each text."""
        if (cells := self._cells.get(self._source(name))) is None:
            raise OfframpError(64, "columns", name, f"some of {', '.join(self._cells)}")
        if name == "label":
            return self._label(cells)
        if name == "truncated":
            return list(map(bool, cells))
        if name != "exit" and self._task == "regression":
            return [None] * self._count
        if name == "probabilities":
            return [dict(zip(self._labels, row)) for row in self._rows(cells)]
        return cells.tolist()

    def _label(self, cells: array[Any]) -> list[Any]:
        if self._task == "regression":
            return cells.tolist()
        labels = self._labels
        if self._task == "multi_label_classification":
            return [list(itertools.compress(labels, row)) for row in self._rows(cells)]
        return [labels[index] for index in cells]

    def _rows(self, cells: array[Any]) -> Iterator[array[Any]]:
        width = len(self._labels)
        return (cells[start:start + width] for start in range(0, len(cells), width))


_SOURCES_OF_LABEL = {
    "single_label_classification": "label", "multi_label_classification": "given", "regression": "score"}
_SIZES = {code: array(code).itemsize for code in _library.CELLS.values()}


def _check_strings(**options: object) -> None:
    """Raises TypeError for what is neither a string nor None: the library could not be told of it."""
    for name, value in options.items():
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name}: found {value!r:.80}, expected a string")


def column_names(columns: Iterable[str], known: Sequence[str] = COLUMNS) -> tuple[str, ...]:
    """The names of columns, to be gone through as often as needed.

    known: the columns that there are.
    Raises TypeError for one name alone, whose characters would be taken for names, and OfframpError for a
    column that there is not.
    """
    if isinstance(columns, (str, bytes)):
        raise TypeError(f"columns: found {columns!r:.80} alone, expected a list of names")
    names = tuple(columns)
    for name in names:
        if name not in known:
            raise OfframpError(64, "columns", name, f"some of {', '.join(known)}")
    return names


def _reopened(checkpoint: str, options: dict[str, Any]) -> Classifier:
    return Classifier(checkpoint, **options)
