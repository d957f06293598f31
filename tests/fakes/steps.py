"""A world whose every step may be the last one."""

from __future__ import annotations

from collections.abc import Callable


class Crashed(Exception):
    """The Lambda died here."""


class Steps:
    """Told of every call to the world, before and after its effect."""

    def __init__(self) -> None:
        self.on_step: Callable[[], None] = lambda: None

    def crash_at(self, step: int | None) -> None:
        """Die at the step of that number from now; None: not at all."""
        left = step

        def count() -> None:
            nonlocal left
            if left is None:
                return
            if left == 0:
                raise Crashed
            left -= 1

        self.on_step = count
