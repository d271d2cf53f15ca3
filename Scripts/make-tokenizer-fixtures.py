#!/usr/bin/env python3
"""Writes Tests/Fixtures/tokenizer: what Hugging Face `tokenizers` makes of texts.

    pip install tokenizers==0.23.3
    OFFRAMP_DATA=... python3 Scripts/make-tokenizer-fixtures.py

`hashes.json` holds, for four vocabularies in both casing modes, one hash for each block of texts:
every Unicode scalar value alone and between letters, and every line of `multilingual/udhr.tsv`.
`cases.json` holds readable cases with their ids and byte ranges, for `vocab/bert-base-uncased.txt`.
"""

import json
import os
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / "Tests/Fixtures/tokenizer"
DATA = Path(os.environ["OFFRAMP_DATA"])
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
VOCABULARIES = ["uncased", "cased", "chinese", "multilingual-cased"]
SCALAR_BLOCK, LINE_BLOCK = 0x4000, 2000

TEXTS = [
    "",
    " ",
    "\t\r\n",
    "Hello, World!",
    "The quick brown fox jumps over the lazy dog.",
    "unaffable embeddings tokenization electroencephalographically",
    "it's don't o'clock -- 'quoted' \"double\" (round) [square] {curly}",
    "$5.00 + 10% = <tag> a^b `code` ~user |x| @home #1 a_b \\n",
    "abc123 123abc 1,234.5 1e-9",
    "eight888 exactly1 sevenl7 ninechars fourteen chars sixteencharacter",
    "ALL CAPS and MiXeD",
    "café Café CAFÉ cafe\u0301 Ångström A\u030angström naïve",
    "İstanbul I\u0307 ı ß ẞ ŒUVRE ﬁ ǅ Σίσυφος ΣΑΣ",
    "Zürich\u00a0non-breaking\u2003em\u3000wide\u2028line",
    "soft\u00adhyphen zero\u200bwidth joi\u200dner \ufeffbom a\u0000b c\u0007d \u0085 e\u000bf g\u000ch \u007fi",
    "replaced \ufffd\ufffd here\ufffd",
    "中文字符测试 mixed中英text 日本語テキスト 한국어 텍스트",
    "\uf900\ufa0c \U00020000\U0002b81f\U0002b820\U0002b91f\U0002ceaf\U0002f800",
    "각 \u1100\u1161\u11a8 가나다",
    "हिन्दी বাংলা தமிழ் ไทย ພາສາລາວ ཨོཾ",
    "עִבְרִית שלום العَرَبِيَّة",
    "tiếng Việt Nguyễn a\u0323\u0302 a\u0302\u0323 a\u0301\u0323\u0302\u0300",
    "a\u302e\u0301b a\U0001d16d\u302f a\u302f\u0334\u08d4\u0323 q\U0001d165\U0001d16e\u0345",
    "emoji 😀👍🏽👨‍👩‍👧 flags 🇩🇪 keycap 1️⃣",
    "« guillemets » „low“ — dash … ellipsis ‐ ¿qué? ¡sí! ・ 。、",
    "x\u0301\u0302\u0303 \u0301alone .\u0301 [\u0301",
    "\u2260 \u037e \u1fef \u212a \u2126",
    "[CLS] in [SEP] the [MASK] text [PAD] [UNK]",
    "[MASK][MASK]a[MASK]b [mask] [ MASK ] [MASK [[MASK]] [CLS",
    "café[MASK]é[SEP]\u0301x",
    "x" * 100,
    "x" * 101,
    "é" * 100 + " " + "é" * 101,
    "e\u0301" * 100 + " " + "中" * 101,
    "ab\u0000" * 50 + " " + "ab\u0000" * 51,
    "word " * 20,
    "\U00016ff0 \u1734 \u166d \U000111c9 \U00011938 \u061d \u2e52",
    "\ua7cb\ua7cc\ua7da\ua7dc \u1c89 \U00010d50 \U00016ea0 \u0130",
]
PAIRS = [
    ("", ""),
    ("", "second only"),
    ("first only", ""),
    ("How old are you?", "I am 20 years old."),
    ("a b c d e f g h", "1 2 3"),
    ("1 2 3", "a b c d e f g h"),
    ("a b c d", "e f g h"),
    ("a b c d e", "f g h i"),
    ("café [MASK]", "中文 [SEP] naïve"),
]
MODES = {
    "lower": {"lowercase": True},
    "cased": {"lowercase": False},
    "lower, accents kept": {"lowercase": True, "strip_accents": False},
    "cased, accents stripped": {"lowercase": False, "strip_accents": True},
    "lower, Chinese joined": {"lowercase": True, "handle_chinese_chars": False},
}


def tokenizer(path, **settings):
    pieces = path.read_text(encoding="utf-8").split("\n")
    vocabulary = {piece: index for index, piece in enumerate(pieces)}
    result = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    result.normalizer = BertNormalizer(clean_text=True, **settings)
    result.pre_tokenizer = BertPreTokenizer()
    result.add_special_tokens(SPECIAL)
    result.post_processor = BertProcessing(
        ("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"])
    )
    return result


def byte_ranges(encoding, texts):
    """Hugging Face counts characters; ours are bytes of UTF-8."""
    bounds = []
    for text in texts:
        sums = [0]
        for character in text:
            sums.append(sums[-1] + len(character.encode()))
        bounds.append(sums)
    return [
        [bounds[which or 0][first], bounds[which or 0][last]]
        for (first, last), which in zip(encoding.offsets, encoding.sequence_ids)
    ]


def hash_words(words):
    """FNV-1a over 32-bit words instead of bytes."""
    state = 0xCBF29CE484222325
    for word in words:
        state = (state ^ word) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{state:016x}"


def scalar_hashes(model):
    for start in range(0, 0x110000, SCALAR_BLOCK):
        texts = []
        for scalar in range(start, start + SCALAR_BLOCK):
            if not 0xD800 <= scalar < 0xE000:
                texts += [chr(scalar), f"a{chr(scalar)}b"]
        yield hash_words(word for e in model.encode_batch_fast(texts) for word in e.ids)


def line_hashes(model, lines):
    for start in range(0, len(lines), LINE_BLOCK):
        block = lines[start : start + LINE_BLOCK]
        words = []
        for line, encoding in zip(block, model.encode_batch(block)):
            words += encoding.ids
            for bounds in byte_ranges(encoding, [line]):
                words += bounds
        yield hash_words(words)


def hashes():
    rows = (DATA / "multilingual/udhr.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    lines = [row.split("\t")[2] for row in rows]
    for name in VOCABULARIES:
        for mode in ("lower", "cased"):
            model = tokenizer(DATA / f"vocab/bert-base-{name}-vocab.txt", **MODES[mode])
            yield {
                "vocabulary": name,
                "mode": mode,
                "scalars": list(scalar_hashes(model)),
                "lines": list(line_hashes(model, lines)),
            }


def case(model, mode, text, pair=None, maximum=None):
    model.no_truncation()
    whole = len(model.encode(text, pair))
    if maximum:
        model.enable_truncation(maximum, strategy="longest_first")
    encoding = model.encode(text, pair)
    return {
        "mode": mode,
        "text": text,
        "pair": pair,
        "maximum_length": maximum,
        "ids": encoding.ids,
        "type_ids": encoding.type_ids,
        "ranges": byte_ranges(encoding, [text, pair or ""]),
        "truncated": len(encoding) < whole,
    }


def cases():
    for mode, settings in MODES.items():
        model = tokenizer(ROOT / "vocab/bert-base-uncased.txt", **settings)
        for text in TEXTS:
            yield case(model, mode, text)
        if mode == "lower":
            for pair in PAIRS:
                for maximum in (None, 3, 4, 5, 7, 8, 9, 10, 11, 15):
                    yield case(model, mode, *pair, maximum)
            for maximum in (3, 7, 14, 15, 16):
                yield case(model, mode, "it was electroencephalographically unaffable", None, maximum)


def write(name, rows):
    body = ",\n".join(json.dumps(row, ensure_ascii=True) for row in rows)
    (OUTPUT / name).write_text(f"[\n{body}\n]\n")


if __name__ == "__main__":
    OUTPUT.mkdir(parents=True, exist_ok=True)
    write("cases.json", cases())
    write("hashes.json", hashes())
