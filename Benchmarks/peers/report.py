"""Tables in Markdown, and what else the machine was doing."""
import os
import statistics


def table(titles, rows):
    """Print rows under titles."""
    print()
    for row in (titles, ["---"] * len(titles), *rows):
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def load():
    """The load average of the last minute: figures disturbed by others show in it."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def ratio(ours, theirs):
    """The median of the rounds' ratios with the lowest and the highest."""
    values = [a / b for a, b in zip(ours, theirs)]
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"
