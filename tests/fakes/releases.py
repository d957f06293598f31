"""A stage's releases in memory, in which anything can go wrong at any call."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import TypeVar

from botocore.exceptions import ClientError

from calcutta.release.logic.records import Build, Function, StageState
from calcutta.release.logic.routing import Alias, Routing
from calcutta.release.ports import AliasMoved, CheckFailed, LockLost
from calcutta.release.promoting import Promoted, Wish, promote
from calcutta.release.rolling_back import RolledBack, roll_back
from calcutta.release.world import World

START_MS = 1_800_000_000_000

Effect = TypeVar("Effect")
Calls = Mapping[str, Iterable[str]]
"""The keys that each function calls."""

CHAIN: Calls = {"web/Page": ("bids/Place",), "bids/Place": ("sql/Find",), "sql/Find": ()}


class Killed(BaseException):
    """The process is gone: from here on it does nothing."""


class Trouble:
    """Happens at one call of the world, counted from 0; every fake asks at each of its calls.

    Attributes:
        at: which one; None for none.
        before, after: called when that call is made, before and after it has its effect.
    """

    def __init__(self) -> None:
        self.calls = 0
        self.at: int | None = None
        self.before: Callable[[], object] = bool
        self.after: Callable[[], object] = bool
        self.dead = False

    def around(self, effect: Callable[[], Effect]) -> Effect:
        if self.dead:
            raise Killed
        hit = self.calls == self.at
        self.calls += 1
        if hit:
            self.before()
        result = effect()
        if hit:
            self.after()
        return result

    def kill(self) -> None:
        self.dead = True
        raise Killed


def fail() -> None:
    """AWS has no answer."""
    error = {"Code": "ServiceException", "Message": "not now"}
    raise ClientError({"Error": error}, "Anything")


def interrupt() -> None:
    """Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


class FakeLedger:
    def __init__(self, builds: Iterable[Build], trouble: Trouble) -> None:
        self.all = {build.build: build for build in builds}
        self.trouble = trouble
        self.current, self.revision = StageState(), 0

    def state(self) -> tuple[StageState, int]:
        return self.trouble.around(lambda: (self.current, self.revision))

    def save(self, state: StageState, revision: int) -> int:
        def write() -> int:
            if revision != self.revision:
                raise LockLost
            self.current, self.revision = state, revision + 1
            return self.revision

        return self.trouble.around(write)

    def find(self, build: int) -> Build | None:
        return self.trouble.around(lambda: self.all.get(build))

    def builds(self) -> list[Build]:
        return self.trouble.around(lambda: [self.all[it] for it in sorted(self.all)])

    def replace(self, build: Build) -> None:
        self.trouble.around(lambda: self.all.update({build.build: build}))

    def add(self, build: Build) -> Build | None:
        if build.build in self.all:
            return self.all[build.build]
        self.all[build.build] = build
        return None


class FakeAliases:
    """`codes_of` has the SHA-256 of every published version, by key and version."""

    def __init__(self, standing: Mapping[str, str], trouble: Trouble) -> None:
        self.trouble = trouble
        self.revisions = count(1)
        self.now = {key: self._alias(Routing(version)) for key, version in standing.items()}
        self.codes_of: dict[tuple[str, str], str] = {}
        self.on_move: Callable[[], object] = bool

    def keys(self) -> frozenset[str]:
        return frozenset(self.now)

    def read(self, keys: Iterable[str]) -> dict[str, Alias]:
        return self.trouble.around(lambda: {key: self.now[key] for key in keys})

    def codes(self, versions: Mapping[str, str]) -> dict[str, str]:
        found = {key: self.codes_of.get((key, version)) for key, version in versions.items()}
        return {key: code for key, code in found.items() if code is not None and key in self.now}

    def move(self, key: str, routing: Routing, revision_id: str) -> Alias:
        def update() -> Alias:
            if self.now[key].revision_id != revision_id:
                raise AliasMoved(key)
            self.now[key] = self._alias(routing)
            self.on_move()
            return self.now[key]

        return self.trouble.around(update)

    def published(self, key: str) -> list[str]:
        return self.trouble.around(lambda: [v for k, v in self.codes_of if k == key])

    def delete(self, key: str, version: str) -> None:
        self.trouble.around(lambda: self.codes_of.pop((key, version)))

    def set_by_hand(self, key: str, version: str) -> None:
        self.now[key] = self._alias(Routing(version))

    def versions(self) -> dict[str, Routing]:
        return {key: alias.routing for key, alias in self.now.items()}

    def _alias(self, routing: Routing) -> Alias:
        return Alias(routing, f"revision {next(self.revisions)}")


class FakeChecks:
    """`says` is asked at each run of the canary: a text is why it fails, anything else passes."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        self.alarms: set[str] = set()
        self.runs = 0
        self.says: Callable[[int], object] = lambda run: None

    def ringing(self) -> frozenset[str]:
        return self.trouble.around(lambda: frozenset(self.alarms))

    def canary(self) -> str:
        def run() -> str:
            self.runs += 1
            reason = self.says(self.runs)
            if isinstance(reason, str):
                raise CheckFailed(reason)
            return "fine"

        return self.trouble.around(run)


class FakeStage:
    """A stage with builds 1 (live) and 2 (deployed), and one process that releases.

    Args:
        calls: the functions, with those that each calls.
        unchanged: functions that are the same in both builds.
        only_new: functions that are in build 2 only.
    """

    def __init__(
        self, calls: Calls, unchanged: Iterable[str] = (), only_new: Iterable[str] = ()
    ) -> None:
        self.trouble = Trouble()
        same, new = set(unchanged), set(only_new)
        first = {key: "1" for key in calls if key not in new}
        second = {key: "1" if key in same else "2" for key in calls}
        self.one, self.two = (build(n, it, calls) for n, it in ((1, first), (2, second)))
        self.aliases = FakeAliases(dict.fromkeys(calls, "1"), self.trouble)
        for key in calls:
            for version in ("1", "2"):
                self.aliases.codes_of[key, version] = f"code {version}"
        self.ledger = FakeLedger((self.one, self.two), self.trouble)
        self.checks = FakeChecks(self.trouble)
        self.now_ms = START_MS
        self.said: list[str] = []
        self.at_start = self.aliases.versions()
        self.at_build_2 = {key: Routing(version) for key, version in second.items()}

    def world(self, owner: str = "us") -> World:
        return World(
            "alpha", self.ledger, self.aliases, self.checks, by="arn", owner=owner,
            clock=lambda: self.now_ms, sleep=self.sleep, say=self.said.append,
        )  # fmt: skip

    def sleep(self, seconds: float) -> None:
        self.now_ms += int(seconds * 1_000)

    def promote(
        self,
        number: int = 2,
        steps: tuple[int, ...] = (50, 100),
        *,
        owner: str = "us",
        wait_s: float = 0,
        adopt: bool = False,
        reason: str = "",
        allowed: Callable[[Build], None] = lambda build: None,
    ) -> Promoted:
        return promote(self.world(owner), Wish(number, steps, wait_s, adopt, reason, allowed))

    def roll_back(self, *, owner: str = "us", adopt: bool = False) -> RolledBack:
        return roll_back(self.world(owner), adopt=adopt)

    def revive(self) -> None:
        """Another process, once the lock of the dead one has run out."""
        self.trouble.dead = False
        self.trouble.at = None
        self.sleep(121)


def build(number: int, versions: Mapping[str, str], calls: Calls) -> Build:
    return Build(
        number,
        f"{number:07x}",
        {
            key: Function(version, f"code {version}", tuple(calls.get(key, ())))
            for key, version in versions.items()
        },
    )
