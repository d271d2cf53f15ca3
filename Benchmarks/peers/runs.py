"""Measured runs, kept in one file, so that nothing is measured twice."""
import contextlib
import datetime
import fcntl
import json
import os
import sys
import zlib


class Runs:
    """The runs of one program in a file of JSON lines: what was run, the day, and what came out."""

    def __init__(self, path, program):
        self.path = path
        self.program = f"{zlib.crc32(program.read_bytes()):08x}"

    def run(self, name, measure):
        """What is kept under a name; measured now where nothing is."""
        found = self.kept().get(name)
        if found is None:
            found = rounded({"run": name, "day": datetime.date.today().isoformat(),
                             "program": self.program, **measure()})
            self.keep(found)
            print(f"  {name}: {found['seconds']:.0f} s", file=sys.stderr, flush=True)
        elif found["program"] != self.program:
            print(f"  {name}: kept from another build, {found['day']}", file=sys.stderr)
        return found

    def kept(self):
        if not self.path.exists():
            return {}
        return {run["run"]: run for run in map(json.loads, self.path.read_text().splitlines())}

    def keep(self, run):
        """Writes one more run, beside what another process may have written meanwhile."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with locked(self.path.parent):
            runs = {**self.kept(), run["run"]: run}
            written = self.path.with_suffix(".partial")
            written.write_text("".join(json.dumps(runs[name]) + "\n" for name in sorted(runs)))
            written.replace(self.path)


@contextlib.contextmanager
def locked(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def rounded(value):
    """Numbers with five digits: a hundredth of what one dev row changes."""
    if isinstance(value, float):
        return round(value, 5) if abs(value) < 10 else round(value, 1)
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list) else value
