"""A fault, what must hold while it lasts, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

import msgspec


class Outcome(msgspec.Struct, frozen=True):
    """What came of a fault: figures for people, and what did not hold, if anything."""

    figures: list[str]
    failures: list[str] = []

    @property
    def held(self) -> bool:
        return not self.failures


class Fault(NamedTuple):
    """One row of the table.

    Attributes:
        name: what to type after `python -m chaos`.
        what: the fault.
        must_hold: what it may not break.
        on: what is real in it, and what stands in for something.
        bring_about: does it and looks.
        in_small: the same with few of everything, as a test.
    """

    name: str
    what: str
    must_hold: str
    on: str
    bring_about: Callable[[], Outcome]
    in_small: Callable[[], Outcome]


class CannotRun(RuntimeError):
    """Something that the fault needs is not installed here."""


def say(line: str) -> None:
    """Progress, for whoever watches."""
    sys.stderr.write(f"  {line}\n")
    sys.stderr.flush()
