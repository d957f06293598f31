"""What the release ledger keeps.

A function's key is `<service>/<Function>`, for instance `websocket/PlaceBid`: the same in every
stage. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Happened = Literal["recorded", "promoted", "failed", "rolled_back"]


class Function(msgspec.Struct, frozen=True):
    """One function of a build.

    Attributes:
        version: as Lambda published it ("17").
        code_sha256: of its zip, as Lambda says it: the same in every stage for the same code.
        calls: the keys of the functions whose ARN is in its environment.
    """

    version: str
    code_sha256: str
    calls: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """Something that happened to a build; `by` is the caller's ARN."""

    what: Happened
    at_ms: int
    by: str
    note: str = ""


class Build(msgspec.Struct, frozen=True):
    """Every function of every service of the stage, as one deploy left them."""

    build: int
    commit: str
    functions: Mapping[str, Function]
    history: tuple[Entry, ...] = ()

    @property
    def versions(self) -> dict[str, str]:
        return {key: function.version for key, function in self.functions.items()}

    @property
    def outcome(self) -> Entry | None:
        """How its latest promotion ended."""
        ended = [entry for entry in self.history if entry.what != "recorded"]
        return ended[-1] if ended else None

    @property
    def passed(self) -> bool:
        """Its latest promotion went through and was not rolled back."""
        return self.outcome is not None and self.outcome.what == "promoted"

    def with_entry(self, entry: Entry) -> Build:
        return msgspec.structs.replace(self, history=(*self.history, entry))


class Release(msgspec.Struct, frozen=True):
    """Where the aliases `live` are: versions by key.

    `build` is None for what was there before the ledger, or was put there by hand.
    """

    build: int | None
    versions: Mapping[str, str]

    def __str__(self) -> str:
        return "an unrecorded release" if self.build is None else f"build {self.build}"


class Promotion(msgspec.Struct, frozen=True):
    """A way from `old` to `new` that has been begun, and the stage's lock at the same time.

    Attributes:
        ranks: keys of what is moved, callees first; those of one rank are moved together.
        steps: percent of the calls that reach `new`, ascending, the last 100.
        step: the index of the step that is under way.
        back: it leads from `new` to `old`.
        undoes: `new` was live already; putting it back takes that release away.
        ringing: the alarms that rang before it began, which therefore are not held against it.
        reason: why it was forced; empty if it was not.
        owner: who has the lock until `expires_ms`.
    """

    old: Release
    new: Release
    ranks: tuple[tuple[str, ...], ...]
    steps: tuple[int, ...]
    owner: str
    expires_ms: int
    step: int = 0
    back: bool = False
    undoes: bool = False
    ringing: tuple[str, ...] = ()
    reason: str = ""

    @property
    def percent(self) -> int:
        return self.steps[self.step]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for rank in self.ranks for key in rank)


class StageState(msgspec.Struct, frozen=True):
    """What is live in a stage, what was before it, and the promotion under way.

    `rolled_back` is the build whose promotion was undone, until the next one goes through: a
    rollback undoes the latest promotion, once.
    """

    live: Release | None = None
    previous: Release | None = None
    promotion: Promotion | None = None
    rolled_back: int | None = None
