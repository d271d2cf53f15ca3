"""The public data sets that accuracy is compared on: where they lie and how they are read."""
import csv
import json
import pathlib
import random
from dataclasses import dataclass

HELD_OUT = 0.05


@dataclass(frozen=True)
class Task:
    """One data set. Columns are names from a header, or numbers from 1 in files without one."""

    train: str
    dev: str
    text: str
    label: str
    pair: str = ""
    metric: str = "accuracy"
    separator: str = ""
    most_rows: int = 0

    @property
    def is_regression(self):
        return self.metric == "pearson"

    def options(self):
        """What Offramp must be told of the columns."""
        columns = {"--text-column": self.text, "--pair-column": self.pair,
                   "--label-column": self.label, "--label-separator": self.separator}
        return [part for key, value in columns.items() if value for part in (key, value)]

    def rows(self, data, part):
        """Text, second text or None, and the label, the number, or the list of labels."""
        read = rows_of(data / getattr(self, part))
        if part == "train" and self.most_rows:
            read = read[:self.most_rows]
        return [(row[self.text], row[self.pair] if self.pair else None, self.answer(row[self.label]))
                for row in read]

    def training_file(self, data, folder):
        """What is learned from, cut into a folder where that is only the first rows of a file."""
        if not self.most_rows:
            return data / self.train
        part = folder / pathlib.Path(self.train).name
        with open(data / self.train, encoding="utf-8") as source:
            part.write_text("".join(line for _, line in zip(range(self.most_rows + 1), source)))
        return part

    def answer(self, field):
        if self.separator:
            return field.split(self.separator)
        return float(field) if self.is_regression else field


TASKS = {
    "rte": Task("rte/train.tsv", "rte/dev.tsv", "sentence1", "label", "sentence2"),
    "mrpc": Task("mrpc/train.tsv", "mrpc/dev.tsv", "#1 String", "Quality", "#2 String"),
    "stsb": Task("stsb/train.tsv", "stsb/dev.tsv", "sentence1", "score", "sentence2", "pearson"),
    "cola": Task("cola/train.tsv", "cola/dev.tsv", "4", "2", metric="matthews_correlation"),
    "trec": Task("trec/train.tsv", "trec/test.tsv", "3", "1"),
    "banking77": Task("banking77/train.csv", "banking77/test.csv", "text", "category"),
    "sst2": Task("sst2/train.tsv", "sst2/dev.tsv", "sentence", "label"),
    "sst2-10k": Task("sst2/train.tsv", "sst2/dev.tsv", "sentence", "label", most_rows=10_000),
}


def task_named(name):
    """A data set of the table, or one that multi_label.py or mixed_lengths.py has written into a folder."""
    if name in TASKS:
        return TASKS[name]
    folder = pathlib.Path(name).resolve()
    return Task(folder / "train.tsv", folder / "test.tsv", "text", "label",
                **json.loads((folder / "task.json").read_text()))


def write_task(folder, parts, **task):
    """Writes a data set into a folder: rows of text and label for each part, and what else a task says."""
    folder.mkdir(parents=True, exist_ok=True)
    for part, rows in parts.items():
        lines = ["text\tlabel", *map("\t".join, rows)]
        (folder / f"{part}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "task.json").write_text(json.dumps(task))


WITHOUT_HEADER = {"cola", "trec"}


def rows_of(path):
    """Every row by the names and by the numbers of its columns."""
    path = pathlib.Path(path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file) if path.suffix == ".csv" else csv.reader(
            file, delimiter="\t", quoting=csv.QUOTE_NONE)
        names = [] if path.parent.name in WITHOUT_HEADER else next(rows)
        return [{str(number + 1): value for number, value in enumerate(row)} | dict(zip(names, row))
                for row in rows]


def held_out(rows, seed=42):
    """Rows to learn from, and rows to choose by."""
    rows = list(rows)
    random.Random(seed).shuffle(rows)
    count = round(HELD_OUT * len(rows))
    return rows[count:], rows[:count]
