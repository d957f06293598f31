"""What a release needs of the world; AWS in `aliases`, `ledger` and `checks`, memory in tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from calcutta.release.logic.records import Build, StageState
from calcutta.release.logic.routing import Alias, Routing


class AliasMoved(Exception):
    """The alias is not as it was read: its revision is another."""


class LockLost(Exception):
    """The stage's state was changed by somebody else: it is theirs now."""


class CheckFailed(Exception):
    """The new code does not do what it should; the message says what."""


class Aliases(Protocol):
    """The aliases `live` of the deployed functions, and the versions behind them."""

    def keys(self) -> frozenset[str]:
        """The functions that are deployed."""

    def read(self, keys: Iterable[str]) -> dict[str, Alias]: ...

    def codes(self, versions: Mapping[str, str]) -> dict[str, str]:
        """The SHA-256 of the code of a version by key; a version that is gone is left out."""

    def move(self, key: str, routing: Routing, revision_id: str) -> Alias:
        """Raises AliasMoved if its revision is another."""

    def published(self, key: str) -> list[str]:
        """The versions there are."""

    def delete(self, key: str, version: str) -> None: ...


class Ledger(Protocol):
    """The stage's table of releases."""

    def state(self) -> tuple[StageState, int]:
        """The state and its revision, 0 if there is none yet."""

    def save(self, state: StageState, revision: int) -> int:
        """The new revision. Raises LockLost unless `revision` is the state's."""

    def find(self, build: int) -> Build | None: ...

    def builds(self) -> list[Build]:
        """All of them, by ascending number."""

    def replace(self, build: Build) -> None:
        """Write one that is there already anew."""


class Checks(Protocol):
    """How a stage is."""

    def ringing(self) -> frozenset[str]:
        """The names of the alarms that ring."""

    def canary(self) -> str:
        """Play the synthetic auction once; what it measured. Raises CheckFailed."""
