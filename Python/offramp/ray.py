"""Ray: data sets with their texts' labels.

    labelled = offramp.ray.label(dataset, text="sentence", checkpoint="checkpoints/sst2", concurrency=8)

The package must be installed on every node, in the driver's version; the checkpoint is brought there.
"""
from __future__ import annotations

import io
import os
import pathlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.dataset
import pyarrow.fs
import ray
import ray.data

from . import _arrow, _manifest
from ._arrow import USUAL_COLUMNS, Columns
from ._errors import OfframpError
from ._shipping import Shipment, pack, shipment, unpack

if TYPE_CHECKING:
    import pyarrow
    from ray.data import Dataset

__all__ = ["label", "label_files"]


def label(
    dataset: Dataset, text: str = "text", *, checkpoint: str | os.PathLike[str], pair: str | None = None,
    columns: Sequence[str] = USUAL_COLUMNS, concurrency: int | tuple[int, int] | None = None,
    threads: int = 1, batch_size: int = 4096, speed: str | None = None, policy: str | None = None,
    method: str | None = None, precision: str = "auto", long_texts: str = "head",
) -> Dataset:
    """Adds the labels of texts to a data set, on a pool of actors, when it is read.

    Every actor opens the checkpoint once, from one copy on its node. A row without an answer, because its
    text is null or is refused as too long, says why in `error` and has nulls beside it. A column of the
    data set that is called like an added one becomes `input_<name>`, as on the command line.

    text: the column of the texts.
    checkpoint: a folder of the driver's machine.
    pair: the column of the second texts, where the checkpoint judges pairs.
    columns: what is added: "label" (a list where a text may have several, a number in a regression),
        "score", "probabilities" (a map), "exit", "truncated", "error".
    concurrency: how many actors, or from how many to how many; as Ray chooses unless given. Reading needs
        processors beside theirs.
    threads: of each actor, which takes as many of Ray's processors.
    batch_size: how many rows are classified together. Blocks become four batches long at most, so that
        there is work for every actor: texts are small beside the work that they make.
    speed, policy, method, precision, long_texts: as in `Classifier`.

    Raises OfframpError at once for a checkpoint or an option that cannot be read, ValueError for a batch
    without rows.
    """
    actors, added = _Actors(concurrency, threads, batch_size), Columns(text, pair, columns)
    sent = shipment(
        checkpoint, pairs=pair is not None, threads=threads, speed=speed, policy=policy, method=method,
        precision=precision, long_texts=long_texts)
    return actors.label(dataset, sent, checkpoint, added)


def label_files(
    source: str, output: str, text: str = "text", *, id: str, checkpoint: str | os.PathLike[str],
    progress: str | None = None, pair: str | None = None, columns: Sequence[str] = USUAL_COLUMNS,
    concurrency: int | tuple[int, int] | None = None, threads: int = 1, batch_size: int = 4096,
    speed: str | None = None, policy: str | None = None, method: str | None = None,
    precision: str = "auto", long_texts: str = "head",
) -> None:
    """Labels a folder of Parquet with Ray Data's checkpointing, so that a run that was interrupted can go on.

    The same call goes on after an interruption with the rows whose output is not yet there, and does
    nothing when all of it is, which `_SUCCESS` in the output tells. Every four batches make a file; what is
    lost is the files that were being made. Not for two runs at once with one output.

    source, output: folders that all nodes can reach; paths, or addresses that Arrow knows such as `s3://…`.
    id: a column without nulls in which no value stands twice.
    progress: the folder for the ids of finished rows; beside the output unless given, and removed at the
        end.
    Other arguments are those of `label`.

    Raises OfframpError for a version of Ray without it, for an output folder that another run has written,
    naming what differs, and in the end where rows are missing, as they do when ids stand twice.
    """
    if tuple(map(int, ray.__version__.split(".")[:2])) < _CHECKPOINTING:
        raise OfframpError(
            64, "ray", f"version {ray.__version__}",
            f"{'.'.join(map(str, _CHECKPOINTING))} or later, whose checkpoints are written in two phases")
    rows, target = _ArrowFolder(source), _ArrowFolder(output)
    done = _ArrowFolder(progress or target.path.rstrip("/") + ".progress")
    actors, added = _Actors(concurrency, threads, batch_size), Columns(text, pair, columns)
    sent = shipment(
        checkpoint, pairs=pair is not None, threads=threads, speed=speed, policy=policy, method=method,
        precision=precision, long_texts=long_texts)
    _manifest.claim(target, _manifest.manifest(rows.path, sent, added, id=id))
    if _manifest.SUCCESS not in target.names():
        dataset = ray.data.read_parquet(rows.path)
        dataset.context.checkpoint_config = ray.data.checkpoint.CheckpointConfig(
            id, done.path, delete_checkpoint_on_success=False)
        actors.label(dataset, sent, checkpoint, added).write_parquet(target.path)
        _check_rows(target.rows(), ray.data.read_parquet(rows.path).count(), output, source)
        target.write(_manifest.SUCCESS, "")
    # Only now: a run that is killed in between must not begin anew.
    done.remove()


_CHECKPOINTING = (2, 55)
_BATCHES_PER_BLOCK = 4


class _Labeller:
    """What an actor does: it opens the checkpoint once, and labels batches."""

    def __init__(self, archive: ray.ObjectRef, sent: Shipment, columns: Columns, threads: int) -> None:
        folder = pathlib.Path(tempfile.gettempdir(), f"offramp-{os.getuid()}", sent.name)
        unpack(io.BytesIO(ray.get(archive)), folder, sent.fingerprint)
        self._classifier, self._columns = sent.open(str(folder), threads), columns

    def __call__(self, batch: pyarrow.Table) -> pyarrow.Table:
        return _arrow.label(batch, self._classifier, self._columns)


@dataclass(frozen=True)
class _Actors:
    """A pool of actors; see `label`.

    Raises ValueError for a batch without rows.
    """

    concurrency: int | tuple[int, int] | None
    threads: int
    batch_size: int

    def __post_init__(self) -> None:
        if self.batch_size < 1:
            raise ValueError(f"batch_size: found {self.batch_size}, expected a number from 1")

    def label(
        self, dataset: Dataset, sent: Shipment, checkpoint: str | os.PathLike[str], columns: Columns
    ) -> Dataset:
        archive = io.BytesIO()
        pack(checkpoint, archive)
        blocks = dataset.repartition(target_num_rows_per_block=_BATCHES_PER_BLOCK * self.batch_size)
        return blocks.map_batches(
            _Labeller, batch_format="pyarrow", batch_size=self.batch_size, compute=self._pool(),
            num_cpus=self.threads,
            fn_constructor_args=(ray.put(archive.getvalue()), sent, columns, self.threads))

    def _pool(self) -> ray.data.ActorPoolStrategy | None:
        if self.concurrency is None:
            return None
        if isinstance(self.concurrency, int):
            return ray.data.ActorPoolStrategy(size=self.concurrency)
        least, most = self.concurrency
        return ray.data.ActorPoolStrategy(min_size=least, max_size=most)


def _check_rows(written: int, read: int, output: str, source: str) -> None:
    if written != read:
        raise OfframpError(65, output, f"{written} rows", f"{read}, as in {source}; no id may stand twice")


class _ArrowFolder:
    """A folder of any file system that Arrow knows; see `_manifest.Folder`."""

    def __init__(self, path: str) -> None:
        self.path = path if "://" in path else os.path.abspath(path)
        self._files, self._folder = pyarrow.fs.FileSystem.from_uri(self.path)

    def names(self) -> list[str]:
        found = self._files.get_file_info(pyarrow.fs.FileSelector(self._folder, allow_not_found=True))
        return [info.base_name for info in found]

    def read(self, name: str) -> str:
        with self._files.open_input_file(f"{self._folder}/{name}") as file:
            return file.read().decode()

    def write(self, name: str, text: str) -> None:
        self._files.create_dir(self._folder)
        new = f"{self._folder}/.{name}.new"
        with self._files.open_output_stream(new) as file:
            file.write(text.encode())
        self._files.move(new, f"{self._folder}/{name}")

    def rows(self) -> int:
        """How many rows its files of Parquet have, as they themselves say."""
        return pyarrow.dataset.dataset(self._folder, filesystem=self._files, format="parquet").count_rows()

    def remove(self) -> None:
        if self._files.get_file_info(self._folder).type != pyarrow.fs.FileType.NotFound:
            self._files.delete_dir(self._folder)
