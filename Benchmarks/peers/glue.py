"""Data files as GLUE has them."""
import csv
import pathlib
import sys


def read(path):
    """The texts and labels of a file with a header: no quoting, a quote is a character."""
    if not pathlib.Path(path).is_file():
        sys.exit(f"{path} is missing; OFFRAMP_DATA names the folder of the data sets")
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["sentence"], int(row["label"])) for row in rows]
