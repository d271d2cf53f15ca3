#!/usr/bin/env python3
"""Write Tests/Fixtures/tokenizer/folders.json: small folders of tokenizers in the forms that people have,
and the ids that transformers' AutoTokenizer gives with them.

    python3 Scripts/make-tokenizer-folder-fixtures.py

Needs transformers 5.
"""
import json
import os
import pathlib
import tempfile

os.environ["TRANSFORMERS_VERBOSITY"] = "error"
from transformers import AutoTokenizer  # noqa: E402

TARGET = (pathlib.Path(__file__).resolve().parent.parent
          / "Tests" / "Fixtures" / "tokenizer" / "folders.json")

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = "the film good The é e covid ##19 中 ##中 x".split()
PIECES = SPECIAL + WORDS
NEXT = len(PIECES)
OTHER_NAMES = ["[PAD]", "[UNK]", "<s>", "</s>", "[MASK]", *WORDS]
MPNET = ["<s>", "<pad>", "</s>", "<unk>", "[UNK]", *WORDS, "<mask>"]
TEXTS = [
    "[MASK] [PAD][CLS]the FILM covid", "[UNK] [SEP]xcovid a filmthe The",
    "The film Covid19 x", "the covid19 film", "xcovid19x covid19_ (covid19)", "The  Film, the film",
    "É xé 中x", "<url>the [MASK]film[SEP] <S>", "the <s> film", "", "COVID19 ÉCOVID19 film!", "the fi\u0301lm ＜url>",
]
PAIRS = [["the film", "x covid19"], ["", "The"]]
BERT, STORED = {"tokenizer_class": "BertTokenizer"}, {"tokenizer_class": "PreTrainedTokenizerFast"}


def token(text, identity=NEXT, **flags):
    return {"id": identity, "content": text, "single_word": False, "lstrip": False,
            "rstrip": False, "normalized": True, "special": False} | flags


def special(name, kind=0):
    return {"SpecialToken": {"id": name, "type_id": kind}}


def sequence(name, kind=0):
    return {"Sequence": {"id": name, "type_id": kind}}


def template(single, pair):
    ids = {"[CLS]": [2], "[SEP]": [3], "both": [2, 3]}
    return {"type": "TemplateProcessing", "single": single, "pair": pair, "special_tokens": {
        name: {"id": name, "ids": of_name, "tokens": [PIECES[i] for i in of_name]}
        for name, of_name in ids.items()}}


BERTS_TEMPLATE = template(
    [special("[CLS]"), sequence("A"), special("[SEP]")],
    [special("[CLS]"), sequence("A"), special("[SEP]"), sequence("B", 1), special("[SEP]", 1)])


def tokenizer_json(added=(), post_processor=BERTS_TEMPLATE, vocab=None, longest=100,
                   specials=SPECIAL, **normalizer):
    vocab = vocab or {piece: index for index, piece in enumerate(PIECES)}
    specials = [token(piece, vocab[piece], normalized=False, special=True)
                for piece in specials if piece in vocab]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [*specials, *added],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True} | normalizer,
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": post_processor,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": longest, "vocab": vocab}}


def folder(name, pieces=None, stored=None, config=None, model="bert", **others):
    """A named folder: vocab.txt from pieces, tokenizer.json, tokenizer_config.json and other files."""
    files = {"config.json": {"model_type": model}} | {
        f"{key}.json": value for key, value in others.items()}
    if pieces is not None:
        files["vocab.txt"] = pieces if isinstance(pieces, str) else "\n".join(pieces) + "\n"
    if stored is not None:
        files["tokenizer.json"] = stored
    if config is not None:
        files["tokenizer_config.json"] = config
    return name, {key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                  for key, value in files.items()}


def decoder(text, **flags):
    fields = token(text, normalized=False) | flags
    del fields["id"]
    return {"added_tokens_decoder": {str(NEXT): fields}}


def folders():
    swapped = [*PIECES[:5], PIECES[6], PIECES[5], *PIECES[7:]]
    gaps = {piece: index + (index > 6) for index, piece in enumerate(PIECES)}
    roberta = {"type": "RobertaProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2],
               "trim_offsets": True, "add_prefix_space": False}
    berts = {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}
    for kind, config in (("bert", BERT), ("stored", STORED), ("no class", {})):
        yield folder(f"{kind}: cased json beside vocab.txt", PIECES, tokenizer_json(lowercase=False), config)
        yield folder(f"{kind}: cased json alone", None, tokenizer_json(lowercase=False), config)
        yield folder(f"{kind}: cased configuration", PIECES, tokenizer_json(),
                     config | {"do_lower_case": False})
        yield folder(f"{kind}: other vocab.txt", swapped, tokenizer_json(), config)
        yield folder(f"{kind}: json with accents", PIECES, tokenizer_json(strip_accents=False), config)
        yield folder(f"{kind}: json without Chinese", PIECES,
                     tokenizer_json(handle_chinese_chars=False), config)
        yield folder(f"{kind}: json of short words", PIECES, tokenizer_json(longest=3), config)
        yield folder(f"{kind}: gaps", None, tokenizer_json(vocab=gaps), config)
        yield folder(f"{kind}: decoder", PIECES, tokenizer_json(), config | decoder("covid19"))
    yield folder("vocab.txt alone", PIECES)
    yield folder("a mark", "\ufeff" + "\n".join(PIECES) + "\n", None, BERT)
    yield folder("twice", [*PIECES[:8], "the", *PIECES[8:]], None, BERT)
    yield folder("added_tokens.json", PIECES, None, BERT, added_tokens={"covid19": NEXT})
    yield folder("added_tokens.json, upper case", PIECES, None, BERT, added_tokens={"Covid19": NEXT})
    yield folder("added_tokens.json, cased", PIECES, None, BERT | {"do_lower_case": False},
                 added_tokens={"Covid19": NEXT})
    yield folder("added_tokens.json beside json", PIECES,
                 tokenizer_json([token("covid19", normalized=False)]), BERT,
                 added_tokens={"covid19": NEXT, "film!": NEXT + 1})
    yield folder("added_tokens.json beside stored", None,
                 tokenizer_json([token("covid19", normalized=False)]), STORED,
                 added_tokens={"covid19": NEXT, "film!": NEXT + 1})
    for flags in ({}, {"normalized": True}, {"single_word": True}, {"lstrip": True},
                  {"single_word": True, "normalized": True}):
        yield folder(f"decoder {flags}", PIECES, None, BERT | decoder("covid19", **flags))
        yield folder(f"decoder before json {flags}", PIECES, tokenizer_json([token("covid19")]),
                     BERT | decoder("covid19", **flags))
    for text in ("covid19", "Covid19", "É", "the film", "<url>", "film", "19"):
        for flags in ({}, {"normalized": False}, {"single_word": True}, {"rstrip": True}):
            yield folder(f"stored {text} {flags}", None, tokenizer_json([token(text, **flags)]), STORED)
    yield folder("two of a kind", None, tokenizer_json(
        [token("cov"), token("covid19", NEXT + 1), token("x1", NEXT + 2, normalized=False)]), STORED)
    names = {"cls_token": "<s>", "sep_token": "</s>"}
    yield folder("names in the configuration", OTHER_NAMES, None, BERT | names)
    yield folder("names in the map", OTHER_NAMES, None, BERT, special_tokens_map=names)
    yield folder("names in the map as objects", OTHER_NAMES, None, BERT, special_tokens_map={
        key: token(value, normalized=False) for key, value in names.items()})
    yield folder("map before configuration", OTHER_NAMES, None, BERT | {"cls_token": "[PAD]"},
                 special_tokens_map=names)
    yield folder("no mask", [piece for piece in PIECES if piece != "[MASK]"], None, BERT)
    for kind, config in (("bert", BERT), ("stored", STORED)):
        for specials in ([], ["[CLS]", "[SEP]"]):
            name, stored = f"{kind} with {len(specials)} specials", tokenizer_json(specials=specials)
            yield folder(name, None, stored, config)
            yield folder(f"{name} and a mask", None, stored, config | {"mask_token": "[MASK]"})
            yield folder(f"{name} and a mask in the map", None, stored, config,
                         special_tokens_map={"mask_token": "[MASK]", "pad_token": "[PAD]"})
        for key, value in (
                ("additional_special_tokens", ["film", "covid"]), ("bos_token", "covid"),
                ("extra_special_tokens", ["film", "covid"]), ("eos_token", "the"),
                ("extra_special_tokens", {"image_token": "covid"}),
                ("bos_token", {"__type": "AddedToken", "content": "covid", "normalized": False})):
            yield folder(f"{kind}: {key} {value}", None, tokenizer_json(), config | {key: value})
            yield folder(f"{kind}: {key} {value} in the map", PIECES, None if kind == "bert" else
                         tokenizer_json(), config, special_tokens_map={key: value})
    for name in ("MPNetTokenizer", "MPNetTokenizerFast", None):
        yield folder(f"mpnet: {name}", MPNET, None, {"tokenizer_class": name} if name else None, "mpnet")
    yield folder("mpnet, cased", MPNET, None,
                 {"tokenizer_class": "MPNetTokenizer", "do_lower_case": False}, "mpnet")
    for name, model in (("DistilBertTokenizer", "distilbert"), ("ElectraTokenizer", "electra"),
                        ("ElectraTokenizerFast", "electra"), (None, "distilbert")):
        yield folder(f"{name} of {model}", PIECES, tokenizer_json(lowercase=False),
                     {"tokenizer_class": name} if name else None, model)
    yield folder("bert with RoBERTa's template", None, tokenizer_json(post_processor=roberta), BERT)
    yield folder("stored with RoBERTa's template", None, tokenizer_json(post_processor=roberta), STORED)
    yield folder("stored with BERT's template", None, tokenizer_json(post_processor=berts), STORED)
    yield folder("a template of more tokens", None, tokenizer_json(post_processor=template(
        [special("both"), sequence("A"), special("[SEP]")],
        [special("[CLS]"), sequence("A"), special("both"), sequence("B", 1), special("[SEP]", 1)])), STORED)


def encoded(files):
    with tempfile.TemporaryDirectory() as path:
        for name, text in files.items():
            (pathlib.Path(path) / name).write_text(text, encoding="utf-8")
        tokenizer = AutoTokenizer.from_pretrained(path)
        # An id beyond all pieces is that of a special token that the vocabulary does not have.
        known = len(json.loads(files["tokenizer.json"])["model"]["vocab"]) if (
            "tokenizer.json" in files) else files["vocab.txt"].count("\n")
        # The mark is no part of the first piece here.
        marked = files.get("vocab.txt", "").startswith("\ufeff")
        return [[*inputs, tokenizer(*inputs)["input_ids"]]
                for inputs in [[text] for text in TEXTS] + PAIRS
                if not (marked and "[PAD]" in inputs[0]) and max(tokenizer(*inputs)["input_ids"]) < known + 3 and not (
                    "[MASK]" not in "".join(files.values()) and "[MASK]" in inputs[0])]


def main():
    cases = [{"name": name, "files": files, "encoded": encoded(files)} for name, files in folders()]
    rows = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    TARGET.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    print(f"{len(cases)} folders, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
