"""A driver of its own, to be killed: labels a folder on two actors."""
import sys

import ray
import support

import offramp.ray


def start():
    """A cluster of this machine: two processors for actors, and two for reading, writing and checkpoints."""
    ray.init(
        "local", num_cpus=4, include_dashboard=False, object_store_memory=200_000_000, log_to_driver=False)


if __name__ == "__main__":
    source, output = sys.argv[1:]
    start()
    offramp.ray.label_files(
        source, output, id="id", checkpoint=support.CHECKPOINT, concurrency=2,
        batch_size=support.ROWS // support.PARTS // 4)
    ray.shutdown()
