"""Rows with their answers on one machine, and the processes of a cluster."""
import contextlib
import itertools
import os
import pathlib
import random
import signal
import struct
import time
import uuid

import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet
import pytest

ROWS = 6_000
PARTS = 12
GROUPS = ["day=1", "day=2", "day=3"]
CHECKPOINT = pathlib.Path(__file__).resolve().parents[3] / "checkpoints" / "sst2"
ANSWERS = ["label", "score", "exit", "truncated"]


def sentences():
    """Those of SST-2 where they are, else some of the same length."""
    folder = os.environ.get("OFFRAMP_DATA")
    if folder:
        lines = pathlib.Path(folder, "sst2", "dev.tsv").read_text().splitlines()[1:]
        return [line.split("\t")[0] for line in lines]
    words = """a the of and film movie story plot acting not very too quite rather never truly wonderful ,
        moving funny smart dull bad waste mess boring charming long short . but though with without""".split()
    chance = random.Random(7)
    return [" ".join(chance.choices(words, k=chance.randint(1, 40))) for _ in range(900)]


def unlabelled():
    """Ids and texts; some texts are missing."""
    texts = list(itertools.islice(itertools.cycle(sentences()), ROWS))
    texts[5::1000] = [None] * len(texts[5::1000])
    return pa.table({"id": range(ROWS), "text": pa.array(texts, pa.string())})


def bits(row):
    """An answer, with the score as the bits of its number."""
    score = None if row["score"] is None else struct.pack("f", row["score"])
    return row["label"], score, row["exit"], row["truncated"]


def check(table, expected):
    """Compares labelled rows, after sorting, with the answers of one machine."""
    table = table.sort_by("id")
    assert table["id"].to_pylist() == list(range(len(expected)))
    assert [bits(row) for row in table.select(ANSWERS).to_pylist()] == expected
    missing = [None if answer[0] is not None else "text: found null, expected a text" for answer in expected]
    assert table["error"].to_pylist() == missing


def read(folder):
    """All rows of a folder of Parquet."""
    return pyarrow.dataset.dataset(folder, format="parquet").to_table()


def write(rows, folder, files):
    """Writes rows as so many files of Parquet."""
    folder.mkdir(parents=True)
    size = -(-len(rows) // files)
    for number in range(files):
        pyarrow.parquet.write_table(rows.slice(number * size, size), folder / f"{number}.parquet")


def wait(what, condition, seconds=120):
    """Waits until a condition gives something, and returns that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail(f"waited {seconds} seconds for {what}")


class Processes:
    """The processes that a cluster of this process has started, its own among them or not: those with a mark
    in their environment, and all that descend from them."""

    def __init__(self):
        self.mark = f"OFFRAMP_TEST_CLUSTER={uuid.uuid4()}"
        self._seen = set()

    def running(self):
        """The command line of each, by its id."""
        found = {process.pid: process for process in _processes() if process.pid != os.getpid()}
        ours = {pid for pid, process in found.items()
                if process.key in self._seen or self.mark.encode() in process.environment}
        while more := {pid for pid, process in found.items() if process.parent in ours} - ours:
            ours |= more
        self._seen |= {found[pid].key for pid in ours}
        return {pid: found[pid] for pid in ours}

    def find(self, word, parent=None):
        """The ids of those with a word in the command line, and in that of the parent process."""
        running = self.running()
        return [
            pid for pid, process in running.items() if word in process.command
            and (parent is None or process.parent in running and parent in running[process.parent].command)]

    def kill(self, word, parent=None):
        """Kills one."""
        os.kill(wait(f"a process {word}", lambda: self.find(word, parent))[0], signal.SIGKILL)

    def check_gone(self):
        wait("the end of all processes", lambda: not self.running(), 60)


class _Process:
    def __init__(self, folder):
        self.pid = int(folder.name)
        self.command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        self.environment = (folder / "environ").read_bytes().split(b"\0")
        state, parent, *others = (folder / "stat").read_text().rpartition(")")[2].split()
        if state == "Z":
            raise ProcessLookupError
        self.parent = int(parent)
        # Ids are used again, but not with the same time of start.
        self.key = (self.pid, others[17])


def _processes():
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            yield _Process(folder)
