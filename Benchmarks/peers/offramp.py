"""Offramp's side: its own commands, run as a user would."""
import json
import os
import subprocess
import time


class Offramp:
    def __init__(self, program, checkpoint, precision):
        self.program = program
        self.options = ["--checkpoint", checkpoint, "--precision", precision, "--json", "--quiet"]

    def evaluate(self, data, policy):
        """`offramp evaluate`: accuracy, average exit."""
        return self.answer("evaluate", data, *policy)

    def benchmark(self, data, policy, rounds, threads):
        """`offramp benchmark`: throughput in batches, latency of one text, with tokenizing."""
        return self.answer("benchmark", data, *policy, "--rounds", rounds, "--threads", threads)

    def token_counts(self, texts):
        """The tokens of each text, special ones included."""
        command = [self.program, "tokenize", "--ids", *self.options[:2]]
        lines = subprocess.run(
            [str(part) for part in command], input="\n".join(texts) + "\n", text=True, check=True,
            stdout=subprocess.PIPE).stdout.splitlines()
        return [len(line.split()) for line in lines]

    def answer(self, command, data, *options):
        result = subprocess.run(
            [str(part) for part in (self.program, command, data, *options, *self.options)],
            check=True, capture_output=True, text=True)
        return json.loads(result.stdout)


def timed(command, **streams):
    """Run a command. Returns its seconds and its peak memory in megabytes."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], **streams)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command} failed with status {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024
