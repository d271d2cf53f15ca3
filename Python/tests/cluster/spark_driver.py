"""Jobs of Spark; as a program a driver of its own, to be killed, that labels the groups of a folder."""
import pathlib
import sys
import threading

import support
from pyspark import SparkContext
from pyspark.sql import SparkSession

import offramp.spark


# Virtual machines that start faster than they run.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def builder(master):
    """A session with this master, on virtual machines that start fast."""
    return (
        SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.extraJavaOptions", QUICK)
        .config("spark.executor.extraJavaOptions", QUICK))


def stop(session):
    """Ends a session and its virtual machine, which would else live as long as this process."""
    session.stop()
    gateway = SparkContext._gateway
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(60)
    SparkContext._gateway = SparkContext._jvm = None


class Job(threading.Thread):
    """Labels a data frame in the background."""

    def __init__(self, frame, output):
        super().__init__(daemon=True)
        self._labelled = offramp.spark.label(frame, checkpoint=support.CHECKPOINT)
        self._context = frame.sparkSession.sparkContext
        self._output, self._error = str(output), None
        self.start()

    def run(self):
        try:
            self._labelled.write.parquet(self._output)
        except Exception as error:
            self._error = error

    def parts_done(self):
        """How many parts have been labelled and written."""
        tracker = self._context.statusTracker()
        running = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return sum(stage.numCompletedTasks for stage in running if stage and self._has_parts())

    def _has_parts(self):
        return any(pathlib.Path(self._output).rglob("part-*"))

    def end(self, seconds=180):
        self.join(seconds)
        assert not self.is_alive(), f"the job takes longer than {seconds} seconds"
        if self._error:
            raise self._error


if __name__ == "__main__":
    source, output = sys.argv[1:]
    spark = builder("local-cluster[2,1,1024]").getOrCreate()
    print(*offramp.spark.label_groups(spark, source, output, checkpoint=support.CHECKPOINT))
    spark.stop()
