"""Tables of Arrow with the answers as further columns. No text and no answer becomes an object of Python."""
from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy
import pyarrow as pa
import pyarrow.compute as pc

from . import _library, classifier
from ._errors import OfframpError
from .classifier import Answers, Classifier

Rows = TypeVar("Rows", pa.RecordBatch, pa.Table)

USUAL_COLUMNS = (*classifier.USUAL_COLUMNS, "error")
COLUMNS = (*classifier.COLUMNS, "error")

_TEXT_TYPES = ("string", "large_string", "string_view", "null")


@dataclass(frozen=True)
class Columns:
    """The columns that are read, and those that are added.

    Raises TypeError for one name alone, OfframpError for an added column that there is not.
    """

    text: str
    pair: str | None = None
    added: Sequence[str] = USUAL_COLUMNS

    def __post_init__(self) -> None:
        object.__setattr__(self, "added", classifier.column_names(self.added, COLUMNS))

    def check(self, names: Sequence[str], place: str) -> None:
        """Raises OfframpError where a column to read is not among a table's."""
        for name in (self.text, self.pair):
            if name is not None and name not in names:
                shown = ", ".join(f'"{other}"' for other in names)
                raise OfframpError(65, place, f"the columns {shown}", f'the column "{name}"')

    def output_name(self, name: str) -> str:
        """The output's name of a column of the input: `input_<name>` when the name is one of the added
        columns', or would become so."""
        plain = name
        while plain.startswith("input_"):
            plain = plain[len("input_"):]
        return "input_" + name if plain in (*USUAL_COLUMNS, *self.added) else name


class ArrowColumn:
    """Texts of Arrow where they are, which is the library's layout; see `_texts.Column`."""

    def __init__(self, texts: pa.LargeStringArray) -> None:
        self.count = len(texts)
        self._texts = texts

    def as_texts(self) -> _library.Texts:
        _, offsets, characters = self._texts.buffers()
        first = offsets.address + self._texts.offset * ctypes.sizeof(ctypes.c_int64) if offsets else None
        return _library.Texts(characters.address if characters else None, first, self.count)


def answer_type(name: str, task: str) -> pa.DataType:
    """The type of an added column."""
    if name == "label":
        return {"regression": pa.float32(), "multi_label_classification": pa.list_(pa.string())}.get(
            task, pa.string())
    return {
        "score": pa.float32(), "probabilities": pa.map_(pa.string(), pa.float32()), "exit": pa.int32(),
        "truncated": pa.bool_(), "error": pa.string()}[name]


def label(rows: Rows, model: Classifier, columns: Columns) -> Rows:
    """The rows with their answers.

    A row that has none, because a text is missing or is one that the checkpoint cannot take, has the reason
    in `error`, and nulls beside it.

    Raises OfframpError for a table without the columns, and for whatever is not the fault of a row.
    """
    columns.check(rows.schema.names, "table")
    texts = _texts(rows, columns.text)
    seconds = _texts(rows, columns.pair) if columns.pair is not None else None
    answered = _Answered(model, texts, seconds)
    added = [pa.field(name, answer_type(name, model.task)) for name in columns.added]
    kept = [field.with_name(columns.output_name(field.name)) for field in rows.schema]
    return type(rows).from_arrays(
        [*rows.columns, *(answered.column(name) for name in columns.added)],
        schema=pa.schema([*kept, *added], metadata=rows.schema.metadata))


def _texts(rows: Rows, name: str) -> pa.LargeStringArray:
    """A column of texts in one piece, as it is where it is one."""
    column = rows.column(name)
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if str(kind) not in _TEXT_TYPES:
        raise OfframpError(65, f'column "{name}"', f"values of the type {column.type}", "texts")
    texts = column.cast(pa.large_string())
    if isinstance(texts, pa.ChunkedArray):
        return texts.chunk(0) if texts.num_chunks == 1 else texts.combine_chunks()
    return texts


class _Answered:
    """The answers to some rows, and why there are none to others."""

    def __init__(
        self, model: Classifier, texts: pa.LargeStringArray, seconds: pa.LargeStringArray | None
    ) -> None:
        self._model = model
        self._errors = _missing(texts, seconds)
        if self._errors.null_count < len(texts):
            whole = self._errors.is_null()
            texts, seconds = texts.filter(whole), seconds.filter(whole) if seconds is not None else None
        else:
            whole = None
        pieces = list(_pieces(model, texts, seconds))
        self._answers = [piece for piece in pieces if isinstance(piece, Answers)]
        if len(self._answers) < len(pieces):
            found = pa.chunked_array([_reasons(piece) for piece in pieces], pa.string()).combine_chunks()
            self._errors = found if whole is None else pc.replace_with_mask(self._errors, whole, found)

    def column(self, name: str) -> pa.Array:
        """One of the added columns, a value for each row."""
        if name == "error":
            return self._errors
        kind = answer_type(name, self._model.task)
        values = pa.chunked_array(
            [_values(answers, name, self._model) for answers in self._answers], kind).combine_chunks()
        return values if len(values) == len(self._errors) else values.take(self._places())

    def _places(self) -> pa.Array:
        """Where each row's answer stands among the answers."""
        good = self._errors.is_null()
        return pc.if_else(good, pc.subtract(pc.cumulative_sum(good.cast(pa.int64())), 1), None)


def _missing(texts: pa.LargeStringArray, seconds: pa.LargeStringArray | None) -> pa.StringArray:
    """What is wrong with rows without a text."""
    errors = pa.nulls(len(texts), pa.string())
    for place, column in (("pair", seconds), ("text", texts)):
        if column is not None and column.null_count > 0:
            reason = str(OfframpError(65, place, "null", "a text"))
            errors = pc.if_else(column.is_valid(), errors, reason)
    return errors


def _pieces(
    model: Classifier, texts: pa.LargeStringArray, seconds: pa.LargeStringArray | None
) -> Iterator[Answers | OfframpError]:
    """The answers to stretches of texts, in order; an error for a text that cannot be answered.

    What cannot be answered together is halved until the texts that are the reason stand alone.
    """
    try:
        pair = ArrowColumn(seconds) if seconds is not None else None
        yield model._classify(ArrowColumn(texts), pair)
    except OfframpError as error:
        if error.code != 65:
            raise
        if len(texts) == 1:
            yield error
            return
        middle = len(texts) // 2
        for part in (slice(None, middle), slice(middle, None)):
            yield from _pieces(model, texts[part], seconds[part] if seconds is not None else None)


def _reasons(piece: Answers | OfframpError) -> pa.StringArray:
    return pa.nulls(len(piece), pa.string()) if isinstance(piece, Answers) else pa.array([str(piece)])


def _values(answers: Answers, name: str, model: Classifier) -> pa.Array:
    """One column of answers."""
    rows, labels = len(answers), pa.array(model.labels, pa.string())
    kind = answer_type(name, model.task)
    if model.task == "regression" and name in ("label", "score", "probabilities"):
        return _numbers(answers, "score", kind, rows) if name == "label" else pa.nulls(rows, kind)
    if name == "label" and model.task == "multi_label_classification":
        given = _numbers(answers, "given", pa.uint8(), rows * len(labels)).to_numpy()
        row, index = given.reshape(rows, len(labels)).nonzero()
        ends = numpy.searchsorted(row, range(rows + 1))
        return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), labels.take(pa.array(index)))
    if name == "label":
        return labels.take(_numbers(answers, "label", pa.int32(), rows))
    if name == "probabilities":
        cells = rows * len(labels)
        ends = pa.array(numpy.arange(rows + 1) * len(labels), pa.int32())
        keys = labels.take(pa.array(numpy.arange(cells) % len(labels)))
        return pa.MapArray.from_arrays(ends, keys, _numbers(answers, name, pa.float32(), cells))
    if name == "truncated":
        return _numbers(answers, name, pa.uint8(), rows).cast(pa.bool_())
    return _numbers(answers, name, kind, rows)


def _numbers(answers: Answers, name: str, kind: pa.DataType, count: int) -> pa.Array:
    """The memory that the library has filled, as an array that keeps it."""
    return pa.Array.from_buffers(kind, count, [None, pa.py_buffer(answers._cells[name])])
