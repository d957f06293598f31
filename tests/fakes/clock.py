"""Time, in the test's hand."""


class Clock:
    """A clock that stands until it is moved; milliseconds."""

    def __init__(self, now_ms: int = 1_000_000) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms

    def advance(self, ms: int) -> None:
        self.now_ms += ms

    def sleep(self, seconds: float) -> None:
        """What the code under test waits with."""
        self.advance(round(seconds * 1000))
