"""Speculation. A second attempt runs on another host only: two addresses of this machine are the hosts."""
import os
import pathlib
import socket
import subprocess
import threading

import pytest

pytest.importorskip("pyspark", reason="pyspark is not installed")
import spark_driver  # noqa: E402
from pyspark import TaskContext  # noqa: E402
from pyspark.find_spark_home import _find_spark_home  # noqa: E402
from support import PARTS, check, read, write  # noqa: E402


@pytest.fixture(scope="module")
def master(java, processes, tmp_path_factory):
    """A cluster of a master and two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"spark://127.0.0.1:{port}"
    folder = tmp_path_factory.mktemp("workers")
    commands = [["master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]]
    commands += [
        ["worker.Worker", "--host", host, "--cores", "1", "--memory", "1g", "--webui-port", "0",
         "--work-dir", str(folder), url] for host in ("127.0.0.2", "127.0.0.3")]
    run = pathlib.Path(_find_spark_home(), "bin", "spark-class")
    options = {**os.environ, "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": spark_driver.QUICK}
    started = [
        subprocess.Popen([str(run), f"org.apache.spark.deploy.{command[0]}", *command[1:]], env=options)
        for command in commands]
    yield url
    for process in started:
        process.terminate()
        process.wait(60)


@pytest.fixture
def spark(master):
    session = (
        spark_driver.builder(master)
        .config("spark.speculation", "true")
        .config("spark.speculation.quantile", "0.5")
        .config("spark.speculation.multiplier", "1.5")
        .config("spark.scheduler.minRegisteredResourcesRatio", "1")
        .config("spark.cores.max", "2")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate())
    yield session
    spark_driver.stop(session)


def test_a_second_attempt_overtakes_the_first(spark, rows, expected, tmp_path):
    def slow_at_first(batches):
        """Keeps the first attempt at one part waiting far longer than the others take."""
        task = TaskContext.get()
        if task.partitionId() == 0 and task.attemptNumber() == 0:
            threading.Event().wait(200)
        yield from batches

    write(rows, tmp_path / "in", 1)
    frame = spark.read.parquet(f"{tmp_path}/in").repartition(PARTS)
    spark_driver.Job(frame.mapInArrow(slow_at_first, frame.schema), tmp_path / "out").end(150)
    check(read(tmp_path / "out"), expected)
