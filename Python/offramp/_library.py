"""The shared library, as `offramp.h` declares it."""
from __future__ import annotations

import ctypes
import pathlib
from ctypes import POINTER, c_char_p, c_int32, c_int64, c_void_p
from typing import NoReturn

from ._errors import OfframpError


class Error(ctypes.Structure):
    _fields_ = [("code", c_int32), ("place", c_char_p), ("found", c_char_p), ("expected", c_char_p)]


class Options(ctypes.Structure):
    _fields_ = [
        ("speed", c_char_p), ("policy", c_char_p), ("method", c_char_p), ("precision", c_char_p),
        ("long_texts", c_char_p), ("threads", c_int32)]


class Texts(ctypes.Structure):
    # `bytes` takes an address, or the bytes themselves.
    _fields_ = [("bytes", c_char_p), ("offsets", c_void_p), ("count", c_int64)]


# The members of `Answers`, with the type codes of their cells in module `array`.
CELLS = {"label": "i", "score": "f", "exit": "i", "truncated": "B", "probabilities": "f", "given": "B"}


class Answers(ctypes.Structure):
    _fields_ = [(name, c_void_p) for name in CELLS]


# Calls through `CDLL` release the interpreter's lock.
_library = ctypes.CDLL(str(pathlib.Path(__file__).parent / "libofframp.so"))


def _function(name, result, *arguments):
    function = getattr(_library, name)
    function.restype, function.argtypes = result, arguments
    return function


_open = _function("offramp_open", POINTER(Error), c_char_p, POINTER(Options), POINTER(c_void_p))
_close = _function("offramp_close", None, c_void_p)
_describe = _function("offramp_describe", c_void_p, c_void_p)
_classify = _function(
    "offramp_classify", POINTER(Error), c_void_p, POINTER(Texts), POINTER(Texts), POINTER(Answers))
_free_text = _function("offramp_text_free", None, c_void_p)
_free_error = _function("offramp_error_free", None, POINTER(Error))
_version = _function("offramp_version", c_char_p)


def version() -> str:
    return _version().decode()


def open_classifier(folder: str, options: Options) -> c_void_p:
    handle = c_void_p()
    if error := _open(folder.encode("utf-8", "surrogateescape"), options, handle):
        _raise(error)
    return handle


def close_classifier(handle: c_void_p) -> None:
    _close(handle)


def describe(handle: c_void_p) -> str:
    text = _describe(handle)
    try:
        return ctypes.string_at(text).decode()
    finally:
        _free_text(text)


def classify(handle: c_void_p, texts: Texts, seconds: Texts | None, answers: Answers) -> None:
    if error := _classify(handle, texts, seconds, answers):
        _raise(error)


def _raise(error) -> NoReturn:
    try:
        found = error.contents
        words = [part.decode("utf-8", "replace") for part in (found.place, found.found, found.expected)]
        raise OfframpError(found.code, *words)
    finally:
        _free_error(error)
