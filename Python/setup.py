"""What pyproject.toml cannot say: the version's one place, and that the wheel holds a library of this machine."""
import pathlib
import re

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.dist import Distribution

VERSION = pathlib.Path(__file__).parent / "Version.swift"


class Wheel(bdist_wheel):
    def get_tag(self):
        # Any Python: the library is called through ctypes.
        return "py3", "none", super().get_tag()[2]


class WithLibrary(Distribution):
    def has_ext_modules(self):
        return True


setup(
    version=re.search(r'current = "(.+)"', VERSION.read_text()).group(1),
    cmdclass={"bdist_wheel": Wheel}, distclass=WithLibrary)
