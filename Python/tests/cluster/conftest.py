"""Rows with their answers on one machine, and clusters that leave nothing behind."""
import contextlib
import os
import pathlib
import shutil
import signal
import sys

import pytest

import offramp

pytest.importorskip("pyarrow", reason="pyarrow is not installed")
import support  # noqa: E402


@pytest.fixture(scope="session")
def rows():
    return support.unlabelled()


@pytest.fixture(scope="session")
def expected(rows):
    """The answers of one machine."""
    texts = rows["text"].to_pylist()
    with offramp.Classifier(support.CHECKPOINT) as classifier:
        answers = iter(classifier([text for text in texts if text is not None]))
    none = dict.fromkeys(support.ANSWERS)
    return [support.bits(none if text is None else next(answers)) for text in texts]


@pytest.fixture(scope="module")
def processes():
    """The cluster of a module's tests; none of its processes may be left when they are done."""
    ours = support.Processes()
    name, value = ours.mark.split("=")
    os.environ[name] = value
    yield ours
    del os.environ[name]
    try:
        ours.check_gone()
    finally:
        for pid in ours.running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="session", autouse=True)
def environment():
    """Workers use this Python, and the package that is tested."""
    folder = str(pathlib.Path(offramp.__file__).resolve().parents[1])
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH")]))


@pytest.fixture(scope="session")
def java():
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Java is not installed")
