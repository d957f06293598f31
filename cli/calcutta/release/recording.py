"""Writing a deploy into the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Protocol

from msgspec.structs import replace

from calcutta.release.logic.comparing import refuse_other_content
from calcutta.release.logic.records import Build, Release
from calcutta.release.logic.routing import Alias, Routing
from calcutta.release.ports import Ledger, LockLost


class Recorder(Ledger, Protocol):
    def add(self, build: Build) -> Build | None:
        """Write a new one; the one that is there already under this number, if there is."""


def record(ledger: Recorder, build: Build, aliases: Mapping[str, Alias]) -> bool:
    """Write a build into the ledger; False if it was there. In a stage without any release, a build
    that all aliases are at is the first.

    Args:
        aliases: as they are now.

    Raises:
        Problem: another build has this number.
    """
    there = ledger.add(build)
    if there is not None:
        refuse_other_content(there, build)
    state, revision = ledger.state()
    at_build = all(
        aliases[key].routing == Routing(version) for key, version in build.versions.items()
    )
    if state.live is None and state.promotion is None and at_build:
        # somebody who is faster knows better
        with suppress(LockLost):
            ledger.save(replace(state, live=Release(build.build, build.versions)), revision)
    return there is None
