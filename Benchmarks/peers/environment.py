"""The virtual environment that the peers are installed in."""
import os
import pathlib
import subprocess
import sys
import venv

REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")


def enter(cache):
    """Start this process again with the environment's Python, made on first use."""
    folder = cache.resolve() / "venv"
    if pathlib.Path(sys.prefix) == folder:
        return
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        install(folder, python)
    os.execv(python, [str(python), *sys.argv])


def install(folder, python):
    """Bring the peers from PyPI; options such as PIP_FIND_LINKS come from the environment."""
    print(f"installing the peers in {folder}", file=sys.stderr)
    venv.create(folder, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
    (folder / "complete").touch()
