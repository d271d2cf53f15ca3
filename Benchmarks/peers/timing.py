"""How fast a set of workers answers batches."""
import queue
import threading
import time

import numpy

ROUND_WARM_UP = 2


def run(workers, batches):
    """Answer all batches, each by the next idle worker. Returns seconds and accuracy."""
    waiting = queue.SimpleQueue()
    for batch in batches:
        waiting.put(batch)
    right = []
    threads = [threading.Thread(target=serve, args=(each, waiting, right)) for each in workers]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    return seconds, sum(right) / sum(len(batch.rows) for batch in batches)


def serve(worker, waiting, right):
    """Take batches until none is left."""
    while True:
        try:
            batch = waiting.get_nowait()
        except queue.Empty:
            return
        right.append(int((worker(batch).argmax(-1) == batch.labels).sum()))


def throughput(workers, batches):
    """Texts per second and accuracy, warmed up on the longest and the shortest batches."""
    for worker in workers:
        for batch in batches[:ROUND_WARM_UP] + batches[-ROUND_WARM_UP:]:
            worker(batch)
    seconds, accuracy = run(workers, batches)
    return sum(len(batch.rows) for batch in batches) / seconds, accuracy


def latencies(worker, batches):
    """Milliseconds of each batch in turn, after a pass over a part of them."""
    for batch in batches[:: max(1, len(batches) // 50)]:
        worker(batch)
    result = []
    for batch in batches:
        start = time.perf_counter()
        worker(batch)
        result.append(1000 * (time.perf_counter() - start))
    return result


def percentiles(milliseconds):
    """p50, p95, p99."""
    return [float(value) for value in numpy.percentile(milliseconds, [50, 95, 99])]
