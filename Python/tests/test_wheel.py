"""What the package brings along."""
import importlib.metadata
import pathlib
import subprocess
import sys

import offramp


def test_the_version_is_that_of_the_library():
    assert importlib.metadata.version("offramp") == offramp.__version__


def test_its_types_are_known():
    assert (pathlib.Path(offramp.__file__).parent / "py.typed").exists()


def test_it_loads_nothing_that_it_may_not_need():
    code = ("import sys, offramp; "
            "print([name for name in ('numpy', 'pandas', 'pyarrow', 'pyspark', 'ray') if name in sys.modules])")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_the_library_shows_its_functions_alone():
    library = pathlib.Path(offramp.__file__).parent / "libofframp.so"
    needed = subprocess.run(["ldd", library], capture_output=True, text=True, check=True).stdout
    assert "swift" not in needed and "not found" not in needed
