"""Everything that a release deals with, as one thing to hand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calcutta.problems import Problem
from calcutta.release.logic.records import Build, Entry, Happened, Release
from calcutta.release.ports import Aliases, Checks, Ledger


@dataclass(frozen=True)
class World:
    """
    Attributes:
        stage: its name.
        by: the caller's ARN, for the ledger.
        owner: who we are and where, for those who meet our lock.
        clock: the time now, in epoch ms.
        sleep: waits for so many seconds.
        say: tells a person how far it is.
    """

    stage: str
    ledger: Ledger
    aliases: Aliases
    checks: Checks
    by: str
    owner: str
    clock: Callable[[], int]
    sleep: Callable[[float], None]
    say: Callable[[str], None]

    def build(self, number: int) -> Build:
        """Raises Problem if it was not recorded."""
        build = self.ledger.find(number)
        if build is None:
            raise Problem(
                f"build {number} is not in the ledger of stage {self.stage}; after its deploy: "
                f"calcutta release record --stage {self.stage} --build {number} --commit COMMIT"
            )
        return build

    def note(self, release: Release, what: Happened, note: str = "") -> None:
        """Write into the history of a release's build, if it has one."""
        build = None if release.build is None else self.ledger.find(release.build)
        if build is not None:
            self.ledger.replace(build.with_entry(Entry(what, self.clock(), self.by, note)))
