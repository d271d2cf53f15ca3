"""Spark: data frames with their texts' labels.

    labelled = offramp.spark.label(frame, text="sentence", checkpoint="checkpoints/sst2")

The package must be installed where executors run, in the driver's version; the checkpoint is brought there.
"""
from __future__ import annotations

import functools
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pyspark import SparkFiles, TaskContext
from pyspark.sql.pandas.types import from_arrow_type
from pyspark.sql.types import StringType, StructField, StructType

from . import _arrow, _manifest
from ._arrow import USUAL_COLUMNS, Columns
from ._errors import OfframpError
from ._shipping import Shipment, pack, shipment
from .classifier import Classifier

if TYPE_CHECKING:
    import pyarrow
    from pyspark import SparkContext
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["label", "label_groups"]


def label(
    df: DataFrame, text: str = "text", *, checkpoint: str | os.PathLike[str], pair: str | None = None,
    columns: Sequence[str] = USUAL_COLUMNS, threads: int | None = None, speed: str | None = None,
    policy: str | None = None, method: str | None = None, precision: str = "auto", long_texts: str = "head",
) -> DataFrame:
    """Adds the labels of texts to a data frame, on its executors, when it is read.

    Every Python worker opens the checkpoint once. A row without an answer, because its text is null or is
    refused as too long, says why in `error` and has nulls beside it. A column of the data frame that is
    called like an added one becomes `input_<name>`, as on the command line.

    df: any data frame of classic Spark, not one of Spark Connect.
    text: the column of the texts.
    checkpoint: a folder of the driver's machine.
    pair: the column of the second texts, where the checkpoint judges pairs.
    columns: what is added: "label" (an array where a text may have several, a number in a regression),
        "score", "probabilities" (a map), "exit", "truncated", "error".
    threads: of each task; those that Spark gives it (`spark.task.cpus`) unless given.
    speed, policy, method, precision, long_texts: as in `Classifier`.

    Raises OfframpError at once for a checkpoint or an option that cannot be read and for a column that is
    not there.
    """
    context = _context(df.sparkSession)
    added = Columns(text, pair, columns)
    sent = shipment(
        checkpoint, pairs=pair is not None, threads=threads, speed=speed, policy=policy, method=method,
        precision=precision, long_texts=long_texts)
    _send(context, sent, checkpoint)
    return _labelled(df, sent, added, threads)


def label_groups(
    spark: SparkSession, source: str, output: str, text: str = "text", *,
    checkpoint: str | os.PathLike[str], pair: str | None = None, columns: Sequence[str] = USUAL_COLUMNS,
    threads: int | None = None, speed: str | None = None, policy: str | None = None,
    method: str | None = None, precision: str = "auto", long_texts: str = "head",
) -> list[str]:
    """Labels a folder of Parquet group by group, so that a run that was interrupted can go on.

    Each folder in `source`, such as `day=2024-01-01`, is a group and becomes the folder of the same name in
    `output`. Groups whose output Spark has committed, which `_SUCCESS` in it tells, are left as they are:
    the same call goes on after an interruption, and labels groups that are new. Others are written anew.
    Not for two runs at once with one output.

    source, output: folders of any file system that Hadoop knows.
    Other arguments are those of `label`.

    Returns the names of the groups that were labelled now.
    Raises OfframpError for an output folder that another run has written, naming what differs.
    """
    context = _context(spark)
    groups, target = _HadoopFolder(spark, source), _HadoopFolder(spark, output)
    names = groups.folders()
    if not names:
        raise OfframpError(66, source, "no folders", "a folder for each group")
    added = Columns(text, pair, columns)
    sent = shipment(
        checkpoint, pairs=pair is not None, threads=threads, speed=speed, policy=policy, method=method,
        precision=precision, long_texts=long_texts)
    _manifest.claim(target, _manifest.manifest(groups.path, sent, added))
    _send(context, sent, checkpoint)
    missing = [name for name in names if _manifest.SUCCESS not in target.folder(name).names()]
    for name in missing:
        rows = _labelled(spark.read.parquet(groups.folder(name).path), sent, added, threads)
        rows.write.mode("overwrite").option(_MARKS, "true").parquet(target.folder(name).path)
    return missing


# Without the mark no group would count as done.
_MARKS = "mapreduce.fileoutputcommitter.marksuccessfuljobs"


def _labelled(df: DataFrame, sent: Shipment, columns: Columns, threads: int | None) -> DataFrame:
    columns.check(df.columns, "data frame")
    for name in (columns.text, columns.pair):
        if name is not None and not isinstance(df.schema[name].dataType, StringType):
            raise OfframpError(65, f'column "{name}"', df.schema[name].dataType.simpleString(), "string")
    kept = [
        StructField(columns.output_name(field.name), field.dataType, field.nullable, field.metadata)
        for field in df.schema.fields]
    added = [
        StructField(name, from_arrow_type(_arrow.answer_type(name, sent.task))) for name in columns.added]
    return df.mapInArrow(
        functools.partial(_label_batches, sent, columns, threads), StructType([*kept, *added]))


def _context(spark: SparkSession) -> SparkContext:
    if "connect" in type(spark).__module__:
        raise OfframpError(64, "session", "one of Spark Connect", "one of classic Spark, with a SparkContext")
    return spark.sparkContext


def _send(context: SparkContext, sent: Shipment, checkpoint: str | os.PathLike[str]) -> None:
    """Has Spark unpack the checkpoint on every machine, once in a session."""
    if any(archive.endswith("#" + sent.name) for archive in context.listArchives):
        return
    path = os.path.join(_archives().name, f"{sent.name}.zip")
    with open(path, "wb") as archive:
        pack(checkpoint, archive)
    context.addArchive(f"{path}#{sent.name}")


@functools.lru_cache(maxsize=None)
def _archives() -> tempfile.TemporaryDirectory[str]:
    """Archives, for as long as the driver: executors that join late fetch them late."""
    return tempfile.TemporaryDirectory(prefix="offramp-")


def _label_batches(
    sent: Shipment, columns: Columns, threads: int | None, batches: Iterable[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    """What a Python worker does with a partition."""
    for batch in batches:
        classifier = _classifier(sent, threads or TaskContext.get().cpus())
        yield _arrow.label(batch, classifier, columns)


# Workers outlive their tasks. Two, as jobs may take turns with two checkpoints.
@functools.lru_cache(maxsize=2)
def _classifier(sent: Shipment, threads: int) -> Classifier:
    return sent.open(SparkFiles.get(sent.name), threads)


class _HadoopFolder:
    """A folder of any file system that Hadoop knows; see `_manifest.Folder`."""

    def __init__(self, spark: SparkSession, path: str) -> None:
        self._spark = spark
        named = self._hadoop.Path(path)
        self._files = named.getFileSystem(spark._jsc.hadoopConfiguration())
        self.path: str = self._files.makeQualified(named).toString()

    @property
    def _hadoop(self) -> Any:
        return self._spark._jvm.org.apache.hadoop.fs

    def folder(self, name: str) -> "_HadoopFolder":
        return _HadoopFolder(self._spark, f"{self.path}/{name}")

    def names(self) -> list[str]:
        return [status.getPath().getName() for status in self._list()]

    def folders(self) -> list[str]:
        """The names of the folders of data in it, in order."""
        names = [status.getPath().getName() for status in self._list() if status.isDirectory()]
        return sorted(name for name in names if not name.startswith(_manifest.HIDDEN))

    def read(self, name: str) -> str:
        stream = self._files.open(self._path(name))
        try:
            return bytes(stream.readAllBytes()).decode()
        finally:
            stream.close()

    def write(self, name: str, text: str) -> None:
        stream = self._files.create(self._path(f".{name}.new"), True)
        try:
            stream.write(text.encode())
        finally:
            stream.close()
        if not self._files.rename(self._path(f".{name}.new"), self._path(name)):
            raise OfframpError(74, self.path, f"no way to rename .{name}.new", f"the new file {name}")

    def _list(self) -> Iterable[Any]:
        folder = self._hadoop.Path(self.path)
        return self._files.listStatus(folder) if self._files.exists(folder) else []

    def _path(self, name: str) -> Any:
        return self._hadoop.Path(f"{self.path}/{name}")
