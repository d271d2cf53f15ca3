"""Checkpoints to test with, and the command line to hold the package against."""
import json
import os
import pathlib
import subprocess

import pytest
import tiny

ROOT = pathlib.Path(os.environ.get("OFFRAMP_ROOT", pathlib.Path(__file__).resolve().parents[2]))


@pytest.fixture(scope="session")
def checkpoint():
    """The shipped one: sentiment in two labels, exits at every depth."""
    return ROOT / "checkpoints" / "sst2"


@pytest.fixture(scope="session", params=["multi_label_classification", "regression"])
def other_task(request, tmp_path_factory):
    """A folder with a small model of Hugging Face's form, and its task."""
    folder = tmp_path_factory.mktemp(request.param)
    tiny.write(folder, request.param)
    return folder, request.param


@pytest.fixture(scope="session")
def command_line():
    """Runs `offramp label --output -` on texts; gives the objects that it writes."""
    def label(folder, texts, *arguments):
        source = "".join(json.dumps(text if isinstance(text, dict) else {"text": text}) + "\n"
                         for text in texts)
        run = subprocess.run(
            [ROOT / ".build/release/offramp", "label", "-", "--output", "-", "--format", "jsonl",
             "--checkpoint", folder, "--quiet", *arguments],
            input=source, stdout=subprocess.PIPE, text=True, check=True)
        return [json.loads(line) for line in run.stdout.split("\n")[:-1]]
    return label


@pytest.fixture(scope="session")
def texts():
    """Sentences of many lengths."""
    words = ["a", "good", "bad", "film", "that", "never", "bores", "dull", "warm", "and", "plot", "without"]
    return [" ".join(words[(7 * row + 5 * place) % len(words)] for place in range(1 + row % 40))
            for row in range(600)]
