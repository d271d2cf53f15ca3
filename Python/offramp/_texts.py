"""Texts of Python, laid out as the library reads them: all bytes one behind the other, and where each begins."""
from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Union, cast

from . import _library

Text = Union[str, "tuple[str, str]", "dict[str, str]"]


class Column:
    """Texts in the library's layout; keeps their memory.

    place: what the caller calls the texts, for errors.
    """

    def __init__(self, texts: Sequence[str], place: str = "texts") -> None:
        # A tuple of any length is a list here: what makes pairs of its texts is another column.
        several(list(texts) if isinstance(texts, tuple) else texts, place)
        # Half of a surrogate pair is no character: the library makes U+FFFD of its bytes.
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        self.count = len(encoded)
        self._bytes = b"".join(encoded)
        self._offsets = array("q", itertools.accumulate(map(len, encoded), initial=0))

    def as_texts(self) -> _library.Texts:
        return _library.Texts(self._bytes, self._offsets.buffer_info()[0], self.count)


def is_one(texts: object) -> bool:
    """Whether this is one text or one pair, and not several: a string, a dictionary, a tuple of two strings."""
    if isinstance(texts, tuple):
        return len(texts) == 2 and all(isinstance(part, str) for part in texts)
    return isinstance(texts, (str, bytes, Mapping))


def several(texts: Iterable[Text], place: str = "texts") -> Iterable[Text]:
    """The texts, unless they are one alone or a table: characters, keys, halves of a pair and names of columns
    would pass for texts.

    place: what the caller calls them, for errors.
    Raises TypeError for one text, for one pair, and for a table.
    """
    if is_one(texts):
        raise TypeError(f"{place}: found {texts!r:.80} alone, expected several texts, such as a list of one")
    if getattr(texts, "ndim", 1) > 1:
        raise TypeError(f"{place}: found a {type(texts).__name__} of columns, expected one column, or a list")
    return texts


def parted(texts: Sequence[Text], first: int = 0) -> tuple[Sequence[str], Sequence[str] | None]:
    """The texts, and the second one of each pair where they are pairs.

    first: the place of the first text, for errors.
    Raises TypeError for what is no text, and where some are pairs and some are not.
    """
    if all(type(text) is str for text in texts):
        return cast("Sequence[str]", texts), None
    rows = [_parts(text, first + place) for place, text in enumerate(texts)]
    seconds = [second for _, second in rows]
    if all(second is None for second in seconds):
        return [text for text, _ in rows], None
    if None in seconds:
        raise TypeError(f"text {first + seconds.index(None) + 1}: found one text, expected a pair like the others")
    return [text for text, _ in rows], seconds


def _parts(text: Text, place: int) -> tuple[str, str | None]:
    if isinstance(text, str):
        return text, None
    pair = (text.get("text"), text.get("text_pair")) if isinstance(text, dict) else text
    if isinstance(pair, (tuple, list)) and len(pair) == 2 and isinstance(pair[0], str):
        if isinstance(pair[1], str) or (pair[1] is None and isinstance(text, dict)):
            return pair[0], pair[1]
    raise TypeError(f"text {place + 1}: found {text!r:.80}, expected a string, or two for a pair")
