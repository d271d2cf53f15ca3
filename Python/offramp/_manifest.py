"""Output folders that can be gone on with: each belongs to one run."""
from __future__ import annotations

import json
from typing import Protocol

from ._arrow import Columns
from ._errors import OfframpError
from ._shipping import Shipment

# Readers of data skip names that begin so.
HIDDEN = ("_", ".")
MANIFEST = "_offramp.json"
SUCCESS = "_SUCCESS"


class Folder(Protocol):
    """A folder of any file system."""

    path: str

    def names(self) -> list[str]:
        """What it contains; nothing where there is no such folder."""

    def read(self, name: str) -> str:
        """The text of a file."""

    def write(self, name: str, text: str) -> None:
        """Writes a file, which is there as a whole or not at all; makes the folder too."""


def manifest(source: str, shipment: Shipment, columns: Columns, **others: str) -> dict[str, object]:
    """What must be the same for a run to go on."""
    return {
        "version": shipment.version, "checkpoint": shipment.fingerprint, "source": source,
        "text": columns.text, "pair": columns.pair, "columns": list(columns.added), **others,
        **dict(shipment.options)}


def claim(folder: Folder, run: dict[str, object]) -> None:
    """Makes an output folder a run's own, or finds that it is.

    Raises OfframpError for a folder with other data or of another run, naming the first thing that differs.
    """
    names = folder.names()
    if MANIFEST not in names:
        data = sorted(name for name in names if not name.startswith(HIDDEN))
        if data:
            raise OfframpError(
                64, folder.path, f'"{data[0]}" and no {MANIFEST}',
                "an empty folder or the output of this run")
        return folder.write(MANIFEST, json.dumps(run, indent=2, ensure_ascii=False) + "\n")
    found = json.loads(folder.read(MANIFEST))
    for key, value in run.items():
        if found.get(key) != value:
            raise OfframpError(
                64, f"{folder.path}/{MANIFEST}: {key}", json.dumps(found.get(key), ensure_ascii=False),
                f"{json.dumps(value, ensure_ascii=False)}, to go on; another output folder starts anew")
