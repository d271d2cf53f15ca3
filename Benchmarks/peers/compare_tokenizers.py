"""Text to ids on one thread: Hugging Face tokenizers and BlingFire against `offramp tokenize`."""
import os
import pathlib
import statistics
import subprocess
import time

import blingfire
from tokenizers import BertWordPieceTokenizer

import glue
import report
from offramp import timed

LONG_TEXT_BYTES = 1300
WANTED_BYTES = 4_000_000
# Offramp is timed as a process: the time of a short input is taken off that of a long one.
LONGER = 8
MOST_IDS = 100_000


def compare(options):
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    texts = [text for text, _ in glue.read(options.data / "train.tsv")]
    for name, lines in (("SST-2 train", texts), (f"{LONG_TEXT_BYTES}-byte texts", joined(texts))):
        measure(name, part(lines), options)


def joined(texts):
    """Sentences put together to the length of a review."""
    result, current = [], ""
    for text in texts:
        current += text.strip() + " . "
        if len(current.encode()) >= LONG_TEXT_BYTES:
            result.append(current)
            current = ""
    return result


def part(lines):
    """The first lines, up to the bytes wanted."""
    result, size = [], 0
    for line in lines:
        if size >= WANTED_BYTES:
            break
        result.append(line)
        size += len(line.encode()) + 1
    return result


def measure(name, lines, options):
    """All tokenizers in turn, several rounds."""
    tokenizers = {
        "Hugging Face tokenizers": hugging_face(options.checkpoint / "vocab.txt"),
        "BlingFire": bling_fire(),
        "Offramp": own(options, lines),
    }
    megabytes = sum(len(line.encode()) + 1 for line in lines) / 1e6
    speeds = {key: [] for key in tokenizers}
    for _ in range(options.rounds):
        for key, seconds in tokenizers.items():
            speeds[key].append(megabytes / seconds(lines))
    report.table(
        [f"{name}, {megabytes:.1f} MB", "MB/s", "Offramp against it"],
        [[key, f"{statistics.median(values):.1f}", report.ratio(speeds["Offramp"], values)]
         for key, values in speeds.items()])
    print(report.load())


def hugging_face(vocabulary):
    tokenizer = BertWordPieceTokenizer(str(vocabulary))
    return timer(lambda lines: tokenizer.encode_batch(lines))


def bling_fire():
    """BlingFire's own model of the uncased BERT vocabulary, without special tokens."""
    file = pathlib.Path(blingfire.__file__).with_name("bert_base_tok.bin")
    model = blingfire.load_model(str(file))

    def encode(lines):
        for line in lines:
            blingfire.text_to_ids(model, line, min(MOST_IDS, len(line) + 1), 100)

    return timer(encode)


def timer(encode):
    def seconds(lines):
        start = time.perf_counter()
        encode(lines)
        return time.perf_counter() - start

    return seconds


def own(options, lines):
    """Start-up falls out of the difference between an input and the same several times over."""
    short, long = options.cache / "once.txt", options.cache / "repeated.txt"
    text = "\n".join(lines) + "\n"
    short.write_text(text, encoding="utf-8")
    long.write_text(text * LONGER, encoding="utf-8")
    vocabulary = options.checkpoint / "vocab.txt"

    def seconds(_):
        return (process(options.offramp, vocabulary, long)
                - process(options.offramp, vocabulary, short)) / (LONGER - 1)

    return seconds


def process(program, vocabulary, path):
    command = [program, "tokenize", "--ids", "--vocab", vocabulary]
    with open(path, "rb") as source:
        return timed(command, stdin=source, stdout=subprocess.DEVNULL)[0]
