"""Ray with two actors: whatever is killed, the answers are those of one machine."""
import subprocess
import sys
import threading

import pytest

ray = pytest.importorskip("ray", reason="ray is not installed")
pytest.importorskip("ray.data", reason="ray[data] is not installed")
import ray_driver  # noqa: E402
from support import CHECKPOINT, PARTS, ROWS, check, read, wait, write  # noqa: E402

import offramp  # noqa: E402
import offramp.ray  # noqa: E402

ACTOR = "ray::MapWorker(MapBatches(_Labeller)"


@pytest.mark.parametrize("size", [0, -1])
def test_a_batch_without_rows_is_refused_at_once(tmp_path, size):
    words = f"batch_size: found {size}, expected a number from 1"
    with pytest.raises(ValueError, match=words):
        offramp.ray.label(None, checkpoint=CHECKPOINT, batch_size=size)
    folders = str(tmp_path / "in"), str(tmp_path / "out")
    with pytest.raises(ValueError, match=words):
        offramp.ray.label_files(*folders, id="id", checkpoint=CHECKPOINT, batch_size=size)
    assert not (tmp_path / "out").exists()


def test_kill_the_driver(processes, rows, expected, tmp_path):
    if tuple(map(int, ray.__version__.split(".")[:2])) < (2, 55):
        pytest.skip("Ray writes checkpoints in two phases since 2.55")
    write(rows, tmp_path / "in", 2)
    command = [sys.executable, ray_driver.__file__, str(tmp_path / "in"), str(tmp_path / "out")]
    progress = tmp_path / "out.progress"

    def finished():
        assert driver.poll() is None, "the driver has ended too early"
        return committed()

    def committed():
        return [path for path in progress.glob("*.parquet") if not path.name.endswith(".pending.parquet")]

    with subprocess.Popen(command) as driver:
        wait("some files", lambda: 2 <= len(finished()) < PARTS - 4)
        processes.running()
        driver.kill()
    done = {path.stem for path in committed()}
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    subprocess.run(command, timeout=180, check=True)
    kept = {path.name for path in (tmp_path / "out").glob("*.parquet")}
    assert all(any(name.startswith(stem) for name in kept) for stem in done)
    check(read(tmp_path / "out"), expected)
    assert (tmp_path / "out" / "_SUCCESS").exists() and not progress.exists()


@pytest.fixture(scope="module")
def cluster(processes):
    ray_driver.start()
    yield processes
    processes.running()
    ray.shutdown()


def test_kill_an_actor(cluster, rows, expected, tmp_path):
    write(rows, tmp_path / "in", 2)
    dataset = offramp.ray.label(
        ray.data.read_parquet(str(tmp_path / "in")), checkpoint=CHECKPOINT, concurrency=2,
        batch_size=ROWS // PARTS // 4)
    job = threading.Thread(target=dataset.write_parquet, args=[str(tmp_path / "out")], daemon=True)
    job.start()
    wait("some files", lambda: 2 <= len(list((tmp_path / "out").glob("*.parquet"))) < PARTS - 4)
    actors = cluster.find(ACTOR)
    assert len(actors) == 2
    cluster.kill(ACTOR)
    job.join(180)
    assert not job.is_alive()
    check(read(tmp_path / "out"), expected)


def test_files_of_another_run_are_refused(cluster, rows, tmp_path):
    write(rows.slice(0, 300), tmp_path / "in", 2)
    arguments = [str(tmp_path / "in"), str(tmp_path / "out")]
    options = dict(id="id", checkpoint=CHECKPOINT, concurrency=1)
    offramp.ray.label_files(*arguments, **options)
    files = sorted((tmp_path / "out").iterdir())
    offramp.ray.label_files(*arguments, **options)
    assert sorted((tmp_path / "out").iterdir()) == files
    with pytest.raises(offramp.OfframpError, match='_offramp.json: policy: found null, expected "full"'):
        offramp.ray.label_files(*arguments, **options, policy="full")
