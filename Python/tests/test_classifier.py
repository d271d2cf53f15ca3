"""The classifier answers as the command line does, to the bit, in whatever form texts come."""
import pickle

import numpy
import pandas
import pytest

import offramp
from offramp import _library
from offramp._texts import Column

COLUMNS = ["label", "score", "probabilities", "exit", "truncated"]


def same(answers, rows):
    """Whether answers are those of the command line, whose numbers are the shortest that give the float."""
    return all(same_value(answer[key], row[key])
               for answer, row in zip(answers, rows, strict=True) for key in answer)


def same_value(found, expected):
    if isinstance(found, float):
        return numpy.float32(found) == numpy.float32(expected)
    if isinstance(found, dict):
        return found.keys() == expected.keys() and all(
            same_value(found[key], expected[key]) for key in found)
    return found == expected


@pytest.fixture(scope="module")
def classifier(checkpoint):
    return offramp.Classifier(checkpoint)


def test_answers_are_those_of_the_command_line(classifier, checkpoint, command_line, texts):
    odd = ["", " ", "naïve café 😀", "\x00", "a\u2028b", "word " * 700]
    rows = command_line(checkpoint, texts + odd, "--columns", ",".join(COLUMNS))
    assert same(classifier(texts + odd, columns=COLUMNS), rows)
    assert rows[-1]["truncated"] and len({row["exit"] for row in rows}) > 2


@pytest.mark.parametrize("options, arguments", [
    ({"speed": "fast"}, ["--speed", "fast"]),
    ({"policy": "entropy:0.3", "precision": "float32"}, ["--policy", "entropy:0.3", "--precision", "float32"]),
    ({"method": "ztw"}, ["--method", "ztw"]),
    ({"long_texts": "windows:32"}, ["--long", "windows:32"]),
])
def test_options_are_those_of_the_command_line(checkpoint, command_line, texts, options, arguments):
    texts = texts[:50] + ["a dull plot " * 60]
    answers = offramp.Classifier(checkpoint, threads=1, **options)(texts)
    assert same(answers, command_line(checkpoint, texts, *arguments))


def test_other_tasks_are_those_of_the_command_line(other_task, command_line):
    folder, task = other_task
    texts = ["good film", "bad bad film", "dull", "warm warm good", "unknown"]
    classifier = offramp.Classifier(folder)
    answers = classifier(texts, columns=COLUMNS)
    assert classifier.task == task
    assert same(answers, command_line(folder, texts, "--columns", ",".join(COLUMNS)))
    if task == "regression":
        assert isinstance(answers[0]["label"], float) and answers[0]["score"] is None
    else:
        assert all(isinstance(answer["label"], list) for answer in answers)


def test_pairs_come_as_tuples_or_dictionaries(classifier, checkpoint, command_line):
    expected = command_line(checkpoint, [{"text": "good", "pair": "a film"}], "--pair-column", "pair")
    assert same(classifier([("good", "a film")]), expected)
    assert same(classifier([{"text": "good", "text_pair": "a film"}]), expected)
    assert same(classifier({"text": "good", "text_pair": "a film"}), expected)


def test_one_text_or_pair_alone_has_one_answer(classifier):
    for alone in "good", ("good", "a film"), {"text": "good"}, {"text": "good", "text_pair": "a film"}:
        assert classifier(alone) == classifier([alone])


def test_lists_and_other_tuples_are_several(classifier):
    assert classifier(("good", "bad", "dull")) == classifier(["good", "bad", "dull"])
    assert classifier(["good", "a film"]) == classifier("good") + classifier("a film")
    pairs = (("good", "a film"), ("bad", "a film"))
    assert classifier(pairs) == classifier(list(pairs))


def test_columns_of_texts_may_be_tuples(classifier):
    texts, seconds = zip(("good", "a film"), ("bad", "a plot"))
    answers = classifier.answers(texts, seconds)
    assert answers.column("score") == classifier.answers(list(texts), list(seconds)).column("score")
    assert len(classifier.answers(texts)) == 2


@pytest.mark.parametrize("enter", ["frame", "stream"])
@pytest.mark.parametrize("alone", [
    "a fine film", "", b"good", {"text": "good"}, {"text": "good", "text_pair": "a film"}, ("good", "a film")])
def test_one_text_alone_is_not_taken_apart(classifier, enter, alone):
    with pytest.raises(TypeError, match="texts: found .* alone, expected several texts"):
        getattr(classifier, enter)(alone)


@pytest.mark.parametrize("alone", ["a fine film", b"good", {"text": "good"}])
def test_one_text_alone_is_no_column(classifier, alone):
    with pytest.raises(TypeError, match="texts: found .* alone"):
        classifier.answers(alone)
    with pytest.raises(TypeError, match="seconds: found .* alone"):
        classifier.answers(["good"], alone)


@pytest.mark.parametrize("enter", ["__call__", "frame", "stream", "answers"])
def test_a_data_frame_is_not_the_names_of_its_columns(classifier, enter):
    table = pandas.DataFrame({"text": ["good"], "text_pair": ["a film"]})
    with pytest.raises(TypeError, match="texts: found a DataFrame of columns, expected one column"):
        getattr(classifier, enter)(table)


@pytest.mark.parametrize("chunk", [0, -1])
def test_a_chunk_without_texts_is_refused(classifier, chunk):
    with pytest.raises(ValueError, match=f"chunk: found {chunk}, expected a number from 1"):
        classifier.stream(["good"], chunk=chunk)


def test_the_first_keys_are_those_of_a_pipeline(classifier):
    [answer] = classifier("a truly wonderful film")
    assert list(answer) == ["label", "score", "exit", "truncated"]
    assert answer["label"] == "positive"


def test_a_stream_is_read_as_its_answers_are_taken(classifier, texts):
    read = []
    source = (read.append(text) or text for text in texts)
    stream = classifier.stream(source, chunk=10)
    first = next(stream)
    assert len(read) == 10
    assert [first, *stream] == classifier(texts)


def test_a_data_frame_keeps_the_index_of_a_series(classifier, texts):
    series = pandas.Series(texts[:5], index=list("vwxyz"))
    frame = classifier.frame(series)
    assert list(frame.index) == list("vwxyz")
    assert frame.to_dict("records") == classifier(texts[:5])


def test_nothing_in_nothing_out(classifier):
    assert classifier([]) == []
    assert len(classifier.frame([])) == 0


def test_a_copy_by_pickling_answers_the_same(classifier, texts):
    assert pickle.loads(pickle.dumps(classifier))(texts) == classifier(texts)


@pytest.mark.parametrize("options, code, words", [
    ({"speed": "warp"}, 64, "speed: found warp, expected one of"),
    ({"policy": "confidence"}, 64, "confidence"),
    ({"policy": "confidence:0.9", "speed": "fast"}, 64, "policy: found a speed too"),
    ({"method": "none"}, 64, "none"),
    ({"precision": "int4"}, 64, "precision: found int4, expected one of auto, float32"),
    ({"long_texts": "tail"}, 64, "long_texts: found tail, expected head"),
    ({"threads": 0}, 64, "threads: found 0"),
])
def test_an_option_that_is_wrong_is_named(checkpoint, options, code, words):
    with pytest.raises(offramp.OfframpError) as caught:
        offramp.Classifier(checkpoint, **options)
    assert caught.value.code == code and words in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize("options, words", [
    ({"policy": 0.9}, "policy: found 0.9, expected a string"),
    ({"speed": b"fast"}, "speed: found b'fast', expected a string"),
    ({"method": ["ztw"]}, "method: found .*, expected a string"),
    ({"precision": numpy.float32}, "precision: found .*, expected a string"),
    ({"long_texts": False}, "long_texts: found False, expected a string"),
])
def test_an_option_of_another_type_is_refused(checkpoint, options, words):
    with pytest.raises(TypeError, match=words):
        offramp.Classifier(checkpoint, **options)


def test_a_checkpoint_is_a_string_or_a_path(checkpoint):
    for folder in checkpoint, str(checkpoint):
        with offramp.Classifier(folder, threads=1) as classifier:
            assert classifier.labels == ["negative", "positive"]
    with pytest.raises(TypeError, match="checkpoint: found b'sst2', expected a string"):
        offramp.Classifier(b"sst2")


def test_no_option_is_the_default(checkpoint):
    names = "speed", "policy", "method", "precision", "long_texts", "threads"
    given, usual = offramp.Classifier(checkpoint, **dict.fromkeys(names)), offramp.Classifier(checkpoint)
    assert (given.policy, given.precision) == (usual.policy, usual.precision)


def test_a_checkpoint_that_is_not_there_or_broken_is_told(checkpoint, tmp_path):
    with pytest.raises(offramp.OfframpError) as caught:
        offramp.Classifier(tmp_path / "none")
    assert caught.value.code == 66
    for file in checkpoint.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes()[:1000])
    with pytest.raises(offramp.OfframpError) as caught:
        offramp.Classifier(tmp_path)
    assert caught.value.code == 65


@pytest.mark.parametrize("texts, words", [
    (["good", None], "text 2: found None"),
    (["good", 3.5], "text 2: found 3.5"),
    ([("a", "b"), "c"], "text 2: found one text, expected a pair"),
    ([("a", "b", "c")], "text 1"),
    ([{"text_pair": "b"}], "text 1"),
])
def test_what_is_no_text_is_named(classifier, texts, words):
    with pytest.raises(TypeError, match=words):
        classifier(texts)


# More than there are texts come first: it is fewer that would be read from beyond the end.
OTHER_COUNTS = [["x", "y", "z"], ["x"], []]


@pytest.mark.parametrize("seconds", OTHER_COUNTS)
def test_pairs_need_as_many_second_texts(classifier, seconds):
    words = f"seconds: found {len(seconds)}, expected 2, as many as texts"
    with pytest.raises(ValueError, match=words):
        classifier.answers(["a", "b"], seconds)


@pytest.mark.parametrize("seconds", OTHER_COUNTS)
def test_the_library_itself_refuses_another_number_of_second_texts(classifier, seconds):
    texts, others = Column(["a", "b"]), Column(seconds)
    answers = offramp.Answers(2, classifier._facts)
    words = f"seconds: found {len(seconds)}, expected 2, as many as texts"
    with pytest.raises(offramp.OfframpError, match=words) as caught:
        _library.classify(
            classifier._handle, texts.as_texts(), others.as_texts(), answers._as_memory())
    assert caught.value.code == 64


def test_a_long_text_that_is_refused_is_named(checkpoint):
    classifier = offramp.Classifier(checkpoint, long_texts="refuse")
    with pytest.raises(offramp.OfframpError, match="text 2: found 602 tokens") as caught:
        classifier(["good", "good " * 600])
    assert caught.value.code == 65


def test_an_unknown_column_is_named_before_anything_is_read(classifier):
    with pytest.raises(offramp.OfframpError, match="columns: found depth"):
        classifier(["good"], columns=["label", "depth"])


@pytest.mark.parametrize("enter", ["__call__", "frame", "stream", "answers"])
def test_one_column_alone_is_not_taken_apart(classifier, enter):
    with pytest.raises(TypeError, match="columns: found 'label' alone, expected a list of names"):
        getattr(classifier, enter)(["good"], columns="label")


def test_columns_may_come_from_a_generator(classifier):
    answers = classifier(["good", "bad"], columns=["label", "exit"])
    assert classifier(["good", "bad"], columns=iter(["label", "exit"])) == answers
    assert classifier("good", columns=iter(["label", "exit"])) == answers[:1]
    frame = classifier.frame(["good", "bad"], columns=iter(["label", "exit"]))
    assert frame.to_dict("records") == answers


def test_a_closed_classifier_says_so(checkpoint):
    with offramp.Classifier(checkpoint) as classifier:
        assert classifier.labels == ["negative", "positive"]
    with pytest.raises(offramp.OfframpError, match="closed"):
        classifier(["good"])


def test_half_of_a_surrogate_pair_is_no_character(classifier):
    assert classifier("good \ud800 film") == classifier("good \ufffd\ufffd\ufffd film")
