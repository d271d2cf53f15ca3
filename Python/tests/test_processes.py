"""One classifier serves any number of threads, and the children of a fork."""
import concurrent.futures
import multiprocessing
import os
import signal
import sys
import threading
import time

import pytest

import offramp


@pytest.fixture(scope="module")
def classifier(checkpoint):
    return offramp.Classifier(checkpoint, threads=2)


@pytest.fixture(scope="module")
def expected(classifier, texts):
    return classifier(texts)


def in_child(body):
    """The status of a child of this process that runs a body; it has a minute."""
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        try:
            os._exit(0 if body() else 1)
        except BaseException:
            os._exit(2)
    return os.waitpid(child, 0)[1]


def test_threads_share_a_classifier(classifier, expected, texts):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for answers in pool.map(lambda _: classifier(texts), range(16)):
            assert answers == expected


def test_other_threads_run_while_texts_are_classified(classifier, texts):
    switch = sys.getswitchinterval()
    done, ticks = threading.Event(), []

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    sys.setswitchinterval(10)  # Nobody gets the interpreter from one who does not give it away.
    thread = threading.Thread(target=tick)
    thread.start()
    try:
        begin = time.perf_counter()
        classifier.answers(texts * 10)
        end = time.perf_counter()
    finally:
        done.set()
        thread.join()
        sys.setswitchinterval(switch)
    assert sum(begin < tick < end for tick in ticks) > 10


def test_a_child_goes_on_with_the_classifier(classifier, expected, texts):
    assert in_child(lambda: classifier(texts) == expected) == 0
    assert classifier(texts) == expected


def test_a_child_has_threads_of_its_own(classifier, texts):
    def body():
        classifier(texts)
        return len(os.listdir("/proc/self/task")) == 2
    assert in_child(body) == 0


def test_a_fork_waits_for_the_calls_of_other_threads(classifier, expected, texts):
    stop = threading.Event()

    def classify():
        while not stop.is_set():
            classifier(texts[:100])

    threads = [threading.Thread(target=classify) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(100):
            assert in_child(lambda: classifier(texts[:50]) == expected[:50]) == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_pool_of_processes_shares_it(classifier, expected, texts):
    global shared
    shared = classifier
    with multiprocessing.get_context("fork").Pool(2) as pool:
        parts = pool.map(_classify, [texts[:300], texts[300:]])
    assert parts[0] + parts[1] == expected


def test_a_spawned_process_opens_its_own(classifier, expected, texts):
    with concurrent.futures.ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(classifier, texts).result(timeout=120) == expected


def _classify(texts):
    return shared(texts)
