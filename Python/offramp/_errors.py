"""The one error that everything throws."""


class OfframpError(Exception):
    """What went wrong, in the words of the command line.

    code: after BSD's sysexits.h, as the command line ends with: 64 usage, 65 data, 66 no input, 74 reading
        or writing, 75 busy.
    place: where.
    found: what stood there.
    expected: what should have stood there.
    """

    def __init__(self, code: int, place: str, found: str, expected: str) -> None:
        # All of them, so that the error can be pickled on its way from one process to another.
        super().__init__(code, place, found, expected)
        self.code = code
        self.place = place
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.place}: found {self.found}, expected {self.expected}"
