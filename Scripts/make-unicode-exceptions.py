#!/usr/bin/env python3
"""Writes Sources/OfframpTokenizer/Text/UnicodeExceptions.swift.

Compares, scalar by scalar, how Hugging Face's BERT normaliser and pre-tokenizer treat a character
with what utf8proc says of it, and writes the ranges where the two differ. Scalars that utf8proc
does not know yet are written too, so that a newer utf8proc changes nothing.

    pip install tokenizers==0.23.3 && python3 Scripts/make-unicode-exceptions.py

It needs libutf8proc 2.8 (Unicode 15.0), the one of Debian 12.
"""

import ctypes
from pathlib import Path

from tokenizers.normalizers import NFD, BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

OUTPUT = Path(__file__).parent.parent / "Sources/OfframpTokenizer/Text/UnicodeExceptions.swift"
DROPPED, BLANK, PUNCTUATION, MARK, LETTER, PLAIN = range(6)
CATEGORIES = (
    "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co"
).split()
STABLE, DECOMPOSE = 1 << 1, 1 << 4

SCALARS = [c for c in range(0x80, 0x110000) if not 0xD800 <= c < 0xE000]

library = ctypes.CDLL("libutf8proc.so.2")
library.utf8proc_unicode_version.restype = ctypes.c_char_p
assert library.utf8proc_unicode_version() == b"15.0.0", "this table is made with Unicode 15.0"


class Property(ctypes.Structure):
    _fields_ = [("category", ctypes.c_int16), ("combining_class", ctypes.c_int16)]


library.utf8proc_get_property.restype = ctypes.POINTER(Property)


def their_property(scalar):
    return library.utf8proc_get_property(scalar).contents


def their_decomposition(scalar):
    buffer = (ctypes.c_int32 * 32)()
    count = library.utf8proc_decompose_char(scalar, buffer, 32, DECOMPOSE | STABLE, None)
    return "".join(map(chr, buffer[:count]))


def their_class(scalar):
    category = CATEGORIES[their_property(scalar).category]
    if scalar == 0xFFFD or category in ("Cc", "Cf", "Co"):
        return DROPPED
    if category[0] == "Z":
        return BLANK
    if category[0] == "P":
        return PUNCTUATION
    return MARK if category == "Mn" else LETTER


clean = BertNormalizer(True, False, False, False)
strip = BertNormalizer(False, False, True, False)
lower = BertNormalizer(False, False, False, True)
split = BertPreTokenizer()
decompose = NFD()


def right_class(text):
    cleaned = clean.normalize_str(f"a{text}b")[1:-1]
    if cleaned != text:
        return {"": DROPPED, " ": BLANK}[cleaned]
    words = len(split.pre_tokenize_str(f"a{text}b"))
    if words > 1:
        return {2: BLANK, 3: PUNCTUATION}[words]
    return MARK if strip.normalize_str(text) == "" else LETTER


def moves(text):
    """Whether canonical ordering moves it before a mark of the highest combining class."""
    return decompose.normalize_str(f"a\u0345{text}") == f"a{text}\u0345"


def exceptions():
    """Every scalar that needs a class, and whether its neighbours may share a plain range."""
    forced, plain = {}, set()
    for scalar in SCALARS:
        text, known = chr(scalar), their_property(scalar)
        right, theirs = right_class(text), their_class(scalar)
        nfd, moved = decompose.normalize_str(text), moves(text)
        is_plain = right == LETTER and nfd == text and not moved
        if is_plain:
            plain.add(scalar)
        same_order = nfd != text or moved == (0 < known.combining_class <= 240)
        same_form = nfd == their_decomposition(scalar)
        if right != theirs or not same_order or not same_form or known.category == 0:
            assert is_plain or (same_order and same_form), hex(scalar)
            forced[scalar] = PLAIN if is_plain else right
    return forced, plain


def ranges(forced, plain):
    found = []
    for scalar in sorted(forced):
        kind = forced[scalar]
        if found and found[-1][2] == kind:
            between = range(found[-1][1] + 1, scalar)
            if not between or kind == PLAIN and all(c in plain or 0xD800 <= c < 0xE000 for c in between):
                found[-1][1] = scalar
                continue
        found.append([scalar, scalar, kind])
    return found


def lower_cases():
    found = []
    for scalar in SCALARS:
        right = lower.normalize_str(chr(scalar))
        if len(right) > 1:
            assert (scalar, right) == (0x130, "i\u0307"), "the only one that becomes two"
        elif ord(right) != library.utf8proc_tolower(scalar):
            offset = ord(right) - scalar
            if found and found[-1][1:] == [scalar - 1, offset]:
                found[-1][1] = scalar
            else:
                found.append([scalar, scalar, offset])
    return found


def table(rows):
    cells = [f"0x{first:X}, 0x{last:X}, {value}," for first, last, value in rows]
    lines, line = [], ""
    for cell in cells:
        if len(line) + len(cell) > 88:
            lines.append(line)
            line = ""
        line += (" " if line else "") + cell
    return "\n".join(" " * 8 + line for line in lines + [line])


def main():
    classes = ranges(*exceptions())
    OUTPUT.write_text(f"""\
// Written by Scripts/make-unicode-exceptions.py; do not edit.

/// Where Hugging Face's Unicode tables, which are of several ages, differ from utf8proc's.
enum UnicodeExceptions {{
    /// First scalar, last scalar and `ScalarClass` of {len(classes)} ranges, ascending.
    static let classes: [UInt32] = [
{table(classes)}
    ]

    /// First scalar, last scalar and the distance to the lower-case form.
    static let lowerCases: [Int32] = [
{table(lower_cases())}
    ]
}}
""")


if __name__ == "__main__":
    main()
