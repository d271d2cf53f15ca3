"""Checkpoints on their way: what arrives is what was sent, or an error that says what differs."""
import dataclasses
import io
import pathlib
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

import offramp
from offramp import _shipping

CHECKPOINT = pathlib.Path(__file__).parents[2] / "checkpoints" / "sst2"
OPTIONS = dict(speed=None, policy=None, method=None, precision="auto", long_texts="head")


@pytest.fixture(scope="module")
def sent():
    return _shipping.shipment(CHECKPOINT, pairs=False, threads=1, **OPTIONS)


@pytest.fixture
def archive():
    packed = io.BytesIO()
    _shipping.pack(CHECKPOINT, packed)
    return packed.getvalue()


def test_the_same_contents_are_the_same_bytes(tmp_path, archive):
    copy = tmp_path / "copy"
    shutil.copytree(CHECKPOINT, copy, copy_function=shutil.copyfile)
    packed = io.BytesIO()
    _shipping.pack(copy, packed)
    assert packed.getvalue() == archive
    assert _shipping.fingerprint(copy) == _shipping.fingerprint(CHECKPOINT)


def test_every_name_and_byte_counts(tmp_path):
    found = set()
    for name, content in [("a", b"bc"), ("ab", b"c"), ("a", b"bd"), ("x/a", b"bc")]:
        folder = tmp_path / str(len(found))
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(content)
        found.add(_shipping.fingerprint(folder))
    assert len(found) == 4


def test_many_unpack_one_folder(tmp_path, archive, sent):
    folder = tmp_path / "new" / sent.name
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _shipping.unpack(io.BytesIO(archive), folder, sent.fingerprint), range(8)))
    with sent.open(str(folder), 1) as classifier, offramp.Classifier(CHECKPOINT) as original:
        assert classifier(["a truly wonderful film"]) == original(["a truly wonderful film"])


def test_what_is_left_of_a_killed_process_is_replaced(tmp_path, archive, sent):
    folder = tmp_path / sent.name
    folder.mkdir()
    (folder / "config.json").write_text("{")
    _shipping.unpack(io.BytesIO(archive), folder, sent.fingerprint)
    assert _shipping.fingerprint(folder) == sent.fingerprint


def test_other_contents_are_refused(tmp_path, sent):
    with pytest.raises(offramp.OfframpError, match=f"found contents .* expected {sent.fingerprint}") as error:
        sent.open(str(tmp_path), 1)
    assert error.value.code == 65


def test_another_version_is_refused(sent):
    newer = dataclasses.replace(sent, version="99.0")
    words = f"found version {offramp.__version__}, expected 99.0"
    with pytest.raises(offramp.OfframpError, match=words) as error:
        newer.open(str(CHECKPOINT), 1)
    assert error.value.code == 64


def test_what_would_fail_in_every_worker_fails_at_once(tmp_path):
    with pytest.raises(offramp.OfframpError):
        _shipping.shipment(tmp_path, pairs=False, threads=1, **OPTIONS)
    with pytest.raises(offramp.OfframpError, match="warp"):
        _shipping.shipment(CHECKPOINT, pairs=False, threads=1, **{**OPTIONS, "speed": "warp"})
    with pytest.raises(TypeError, match="policy: found 0.9, expected a string"):
        _shipping.shipment(CHECKPOINT, pairs=False, threads=1, **{**OPTIONS, "policy": 0.9})
