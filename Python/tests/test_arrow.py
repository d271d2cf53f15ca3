"""Tables of Arrow with answers, beside the answers that lists get."""
import ctypes
import pathlib
import struct
import types

import pytest

import offramp

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
from offramp import _arrow  # noqa: E402
from offramp._arrow import ArrowColumn, Columns  # noqa: E402

CHECKPOINT = pathlib.Path(__file__).parents[2] / "checkpoints" / "sst2"
TEXTS = ["a truly wonderful film", "", "a waste of time", "überraschend 好", "fine , i guess"]
USUAL = ("label", "score", "exit", "truncated")


@pytest.fixture(scope="module")
def classifier():
    with offramp.Classifier(CHECKPOINT, threads=2) as opened:
        yield opened


@pytest.fixture(scope="module")
def strict():
    with offramp.Classifier(CHECKPOINT, threads=2, long_texts="refuse") as opened:
        yield opened


def answers(table, names=USUAL):
    return table.select(list(names)).to_pylist()


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "dictionary"])
def test_answers_are_those_of_lists(classifier, kind):
    texts = pa.array(TEXTS).dictionary_encode() if kind == "dictionary" else pa.array(TEXTS, kind)
    batch = pa.record_batch({"id": range(len(TEXTS)), "text": texts})
    labelled = _arrow.label(batch, classifier, Columns("text"))
    assert isinstance(labelled, pa.RecordBatch)
    assert labelled.schema.names == ["id", "text", *USUAL, "error"]
    assert answers(labelled) == classifier(TEXTS)
    assert labelled["error"].null_count == len(TEXTS)


def test_slices_and_chunks(classifier):
    table = pa.concat_tables([pa.table({"text": TEXTS[:2]}), pa.table({"text": TEXTS[2:]})])
    assert answers(_arrow.label(table, classifier, Columns("text"))) == classifier(TEXTS)
    part = pa.record_batch({"text": TEXTS}).slice(1, 3)
    assert answers(_arrow.label(part, classifier, Columns("text"))) == classifier(TEXTS[1:4])


def test_texts_stay_where_they_are():
    texts = pa.array(TEXTS, pa.large_string())
    given = ArrowColumn(texts[2:4]).as_texts()
    offsets = ctypes.cast(given.offsets, ctypes.POINTER(ctypes.c_int64))
    bytes_address = ctypes.c_void_p.from_buffer(given).value
    assert bytes_address == texts.buffers()[2].address
    assert ctypes.string_at(bytes_address + offsets[0], offsets[1] - offsets[0]) == TEXTS[2].encode()


@pytest.mark.parametrize("texts", [[], [None], [None, None]])
def test_nothing_to_answer(classifier, texts):
    table = pa.table({"text": pa.array(texts, pa.string())})
    labelled = _arrow.label(table, classifier, Columns("text", added=(*_arrow.COLUMNS,)))
    assert labelled["label"].to_pylist() == texts
    assert labelled["error"].to_pylist() == ["text: found null, expected a text"] * len(texts)


def test_null_texts_have_an_error_and_nulls(classifier):
    table = pa.table({"text": [None, TEXTS[0], None, TEXTS[2]]})
    labelled = _arrow.label(table, classifier, Columns("text"))
    assert labelled["error"].to_pylist() == ["text: found null, expected a text", None] * 2
    good = pa.array([1, 3])
    assert answers(labelled.take(good)) == classifier([TEXTS[0], TEXTS[2]])
    assert labelled["label"].to_pylist()[::2] == labelled["truncated"].to_pylist()[::2] == [None, None]


def test_what_lies_behind_a_null_is_not_read(strict):
    long = "word " * 2000
    texts = pa.Array.from_buffers(
        pa.string(), 2, [pa.py_buffer(b"\x02"), pa.py_buffer(struct.pack("3i", 0, 10000, 10003)),
                         pa.py_buffer((long + "bad").encode())])
    labelled = _arrow.label(pa.record_batch({"text": texts}), strict, Columns("text"))
    assert labelled["error"].to_pylist() == ["text: found null, expected a text", None]
    assert answers(labelled)[1] == strict("bad")[0]


def test_bad_rows_stand_alone(strict):
    long = "word " * 2000
    texts = [*TEXTS, long, None, *TEXTS, long]
    labelled = _arrow.label(pa.table({"text": texts}), strict, Columns("text"))
    errors = labelled["error"].to_pylist()
    assert [place for place, error in enumerate(errors) if error] == [5, 6, 12]
    assert "tokens, expected at most" in errors[5]
    good = [text for text in texts if text and text != long or text == ""]
    assert answers(labelled.filter(labelled["error"].is_null())) == strict(good)


def test_other_errors_are_raised(classifier):
    closed = types.SimpleNamespace(task=classifier.task, labels=classifier.labels)
    closed._classify = lambda *_: (_ for _ in ()).throw(offramp.OfframpError(74, "a", "b", "c"))
    with pytest.raises(offramp.OfframpError, match="a: found b, expected c"):
        _arrow.label(pa.table({"text": TEXTS}), closed, Columns("text"))


def test_pairs(classifier):
    table = pa.table({"a": [*TEXTS, "x", None], "b": [*reversed(TEXTS), None, "y"]})
    labelled = _arrow.label(table, classifier, Columns("a", "b"))
    assert answers(labelled)[:-2] == classifier(list(zip(TEXTS, reversed(TEXTS))))
    assert labelled["error"].to_pylist()[-2:] == [
        "pair: found null, expected a text", "text: found null, expected a text"]


def test_probabilities_are_a_map(classifier):
    labelled = _arrow.label(pa.table({"text": TEXTS}), classifier, Columns("text", added=("probabilities",)))
    found = [dict(row) for row in labelled["probabilities"].to_pylist()]
    assert found == [row["probabilities"] for row in classifier(TEXTS, columns=["probabilities"])]


def test_columns_of_the_input_make_room():
    columns = Columns("text", added=("label",))
    names = ["id", "label", "error", "input_label", "input_input_score", "probabilities", "input_id"]
    assert [columns.output_name(name) for name in names] == [
        "id", "input_label", "input_error", "input_input_label", "input_input_input_score", "probabilities",
        "input_id"]
    assert Columns("t", added=("probabilities",)).output_name("probabilities") == "input_probabilities"


def test_an_input_column_of_that_name(classifier):
    table = pa.table({"label": TEXTS, "score": range(len(TEXTS))})
    labelled = _arrow.label(table, classifier, Columns("label"))
    assert labelled.schema.names == ["input_label", "input_score", *USUAL, "error"]
    assert answers(labelled) == classifier(TEXTS)


def test_columns_that_are_not_there(classifier):
    with pytest.raises(offramp.OfframpError, match='found the columns "text", expected the column "body"'):
        _arrow.label(pa.table({"text": TEXTS}), classifier, Columns("body"))
    with pytest.raises(offramp.OfframpError, match='column "text": found values of the type int64'):
        _arrow.label(pa.table({"text": [1]}), classifier, Columns("text"))
    with pytest.raises(offramp.OfframpError, match="columns: found logits"):
        Columns("text", added=("logits",))
    with pytest.raises(TypeError, match="columns: found 'label' alone, expected a list of names"):
        Columns("text", added="label")
    assert Columns("text", added=iter(["label", "error"])) == Columns("text", added=("label", "error"))


def stand_in(task, labels, **memory):
    """A classifier that always says the same."""
    def classify(texts, seconds):
        answers = offramp.classifier.Answers(texts.count, {"task": task, "labels": labels})
        for name, values in memory.items():
            for place, value in enumerate(values):
                answers._cells[name][place] = value
        return answers
    return types.SimpleNamespace(task=task, labels=labels, _classify=classify)


def test_several_labels_are_a_list():
    model = stand_in("multi_label_classification", ["a", "b", "c"], given=[1, 0, 1, 0, 0, 0, 0, 1, 0])
    labelled = _arrow.label(pa.table({"text": ["x", "y", "z"]}), model, Columns("text"))
    assert labelled["label"].type == pa.list_(pa.string())
    assert labelled["label"].to_pylist() == [["a", "c"], [], ["b"]]


def test_a_regression_has_a_number():
    model = stand_in("regression", [], score=[1.5, -2.0])
    columns = Columns("text", added=(*_arrow.COLUMNS,))
    labelled = _arrow.label(pa.table({"text": ["x", None, "z"]}), model, columns)
    assert labelled["label"].type == pa.float32()
    assert labelled["label"].to_pylist() == [1.5, None, -2.0]
    assert labelled["score"].null_count == labelled["probabilities"].null_count == 3
