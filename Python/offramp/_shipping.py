"""Checkpoints on their way to other machines."""
from __future__ import annotations

import fcntl
import hashlib
import os
import pathlib
import shutil
import socket
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from . import _library
from ._errors import OfframpError
from .classifier import Classifier

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Shipment:
    """Which checkpoint workers get, and how they open it.

    fingerprint: of the checkpoint's contents.
    version: of the package that ships it.
    task: the checkpoint's; see `Classifier.task`.
    options: those of the classifier that change answers.
    """

    fingerprint: str
    version: str
    task: str
    options: tuple[tuple[str, Any], ...]

    @property
    def name(self) -> str:
        """What the checkpoint's folder is called where it arrives."""
        return f"offramp-{self.fingerprint}"

    def open(self, folder: str, threads: int) -> Classifier:
        """Opens what has arrived.

        Raises OfframpError for a worker with another version of the package, and for a folder with other
        contents than were shipped.
        """
        worker = socket.gethostname()
        if _library.version() != self.version:
            raise OfframpError(
                64, f"offramp on {worker}", f"version {_library.version()}",
                f"{self.version}, as where the job comes from")
        found = fingerprint(folder)
        if found != self.fingerprint:
            raise OfframpError(
                65, f"{folder} on {worker}", f"contents with the fingerprint {found}", self.fingerprint)
        return Classifier(folder, threads=threads, **dict(self.options))


def shipment(
    checkpoint: str | os.PathLike[str], *, pairs: bool, threads: int | None, **options: Any
) -> Shipment:
    """What is to be shipped of a folder.

    Finds here and now what would fail in every worker: raises OfframpError for a checkpoint or an option
    that cannot be read, and for pairs where the checkpoint judges single texts only.
    """
    with Classifier(checkpoint, threads=threads, **options) as classifier:
        if pairs:
            classifier.answers([""], [""])
        return Shipment(
            fingerprint(checkpoint), _library.version(), classifier.task, tuple(sorted(options.items())))


def fingerprint(folder: str | os.PathLike[str]) -> str:
    """16 hexadecimal digits for the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for name, path in _files(folder):
        digest.update(f"{len(name)} {path.stat().st_size} {name}".encode("utf-8", "surrogateescape"))
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()[:16]


def pack(folder: str | os.PathLike[str], archive: IO[bytes]) -> None:
    """Writes a folder as a zip archive; the same contents make the same bytes. Weights are not compressed,
    as they would not get smaller."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        for name, path in _files(folder):
            entry = zipfile.ZipInfo(name)  # without the file's time and owner
            entry.file_size = path.stat().st_size
            with path.open("rb") as file, target.open(entry, "w") as copy:
                shutil.copyfileobj(file, copy, _BLOCK)


def unpack(archive: IO[bytes], folder: pathlib.Path, expected: str) -> None:
    """Makes a folder of an archive, unless the folder with that fingerprint is there.

    Any number of processes may do so at once: one unpacks, the others wait.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The system takes the lock from a process that is killed; what it leaves has another fingerprint.
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if fingerprint(folder) != expected:
            shutil.rmtree(folder, ignore_errors=True)
            with zipfile.ZipFile(archive) as source:
                source.extractall(folder)


def _files(folder: str | os.PathLike[str]) -> Iterator[tuple[str, pathlib.Path]]:
    """All files below a folder, by their names from there."""
    root = pathlib.Path(folder)
    paths = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return iter(sorted(paths.items()))
