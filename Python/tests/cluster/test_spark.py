"""Spark on a cluster with two executors: whatever is killed, the answers are those of one machine."""
import subprocess
import sys

import pytest

pytest.importorskip("pyspark", reason="pyspark is not installed")
import spark_driver  # noqa: E402
from spark_driver import Job  # noqa: E402
from support import CHECKPOINT, GROUPS, PARTS, check, read, wait, write  # noqa: E402

import offramp  # noqa: E402
import offramp.spark  # noqa: E402


@pytest.fixture(scope="module")
def spark(java, processes):
    builder = spark_driver.builder("local-cluster[2,1,1024]")
    session = builder.config("spark.speculation", "true").getOrCreate()
    yield session
    spark_driver.stop(session)


@pytest.fixture
def frame(spark, rows, tmp_path):
    """The rows in so many parts."""
    write(rows, tmp_path / "in", PARTS)
    return spark.read.option("recursiveFileLookup", "true").parquet(f"{tmp_path}/in").repartition(PARTS)


def test_without_disturbance(frame, expected, tmp_path):
    Job(frame, tmp_path / "out").end()
    check(read(tmp_path / "out"), expected)


@pytest.mark.parametrize(
    "word, parent", [("CoarseGrainedExecutorBackend", None), ("pyspark.daemon", "pyspark.daemon")],
    ids=["executor", "worker"])
def test_kill(frame, expected, tmp_path, processes, word, parent):
    job = Job(frame, tmp_path / "out")
    wait("the middle of the job", lambda: 2 <= job.parts_done() < PARTS - 4)
    processes.kill(word, parent)
    job.end()
    check(read(tmp_path / "out"), expected)


def test_groups_of_another_run_are_refused(spark, rows, tmp_path):
    write(rows.slice(0, 100), tmp_path / "in" / "day=1", 1)
    source, output = str(tmp_path / "in"), str(tmp_path / "out")
    options = dict(checkpoint=CHECKPOINT, columns=["label"])
    assert offramp.spark.label_groups(spark, source, output, **options) == ["day=1"]
    assert offramp.spark.label_groups(spark, source, output, **options) == []
    with pytest.raises(offramp.OfframpError, match='_offramp.json: speed: found null, expected "fast"'):
        offramp.spark.label_groups(spark, source, output, **options, speed="fast")
    with pytest.raises(offramp.OfframpError, match="found no folders, expected a folder for each group"):
        offramp.spark.label_groups(spark, str(tmp_path / "none"), output, **options)
    (tmp_path / "foreign" / "day=0").mkdir(parents=True)
    with pytest.raises(offramp.OfframpError, match='found "day=0" and no _offramp.json'):
        offramp.spark.label_groups(spark, source, str(tmp_path / "foreign"), **options)


def test_kill_the_driver(java, processes, rows, expected, tmp_path):
    for number, group in enumerate(GROUPS):
        size = len(rows) // len(GROUPS)
        write(rows.slice(number * size, size), tmp_path / "in" / group, 4)
    command = [sys.executable, spark_driver.__file__, str(tmp_path / "in"), str(tmp_path / "out")]
    done = tmp_path / "out" / GROUPS[0]
    with subprocess.Popen(command) as driver:
        wait("the first group", (done / "_SUCCESS").exists)
        driver.kill()
    before = written(done)
    rerun = subprocess.run(command, timeout=180, check=True, capture_output=True, text=True)
    assert rerun.stdout.split()[-2:] == GROUPS[1:]
    assert written(done) == before
    check(read(tmp_path / "out"), expected)


def written(folder):
    # Without the checksums: Spark still writes that of `_SUCCESS` when `_SUCCESS` can be seen.
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("part-*")}


def test_spark_connect_is_refused():
    session = type("SparkSession", (), {"__module__": "pyspark.sql.connect.session"})()
    with pytest.raises(offramp.OfframpError, match="session: found one of Spark Connect"):
        offramp.spark.label_groups(session, "in", "out", checkpoint=CHECKPOINT)
