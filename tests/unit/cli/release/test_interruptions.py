"""Whatever goes wrong, at whichever call: in the end every alias is at one build or the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st

from calcutta.problems import Problem
from calcutta.release import parallel
from calcutta.release.logic.records import Release
from calcutta.release.logic.routing import Routing
from tests.fakes.releases import FakeStage, Killed, fail, interrupt

KEYS = tuple("abcdef")
MANY = settings(max_examples=200, deadline=None)
AT_MOST = 80
"""No promotion of these stages makes more calls."""

at_calls = st.integers(min_value=0, max_value=AT_MOST)


class OneAtATime(Executor):
    """So that the n-th call is the same one each time."""

    def __init__(self, workers: int) -> None: ...

    def submit(self, action: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(action(*arguments, **named))
        except BaseException as error:  # noqa: BLE001 - as a thread's future does
            future.set_exception(error)
        return future


@pytest.fixture(autouse=True, scope="module")
def one_at_a_time() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parallel, "ThreadPoolExecutor", OneAtATime)
        yield


@st.composite
def stages(draw: st.DrawFn) -> FakeStage:
    callees = st.sets(st.sampled_from(KEYS), max_size=2).map(sorted)
    calls = draw(st.dictionaries(st.sampled_from(KEYS), callees, min_size=1))
    some = st.sets(st.sampled_from(sorted(calls)), max_size=2)
    return FakeStage(calls, unchanged=draw(some), only_new=draw(some))


def go_wrong(stage: FakeStage, at: int, *, after: bool, what: Callable[[], object]) -> None:
    stage.trouble.calls, stage.trouble.at = 0, at
    stage.trouble.before, stage.trouble.after = (bool, what) if after else (what, bool)


def killed(stage: FakeStage, at: int, after: bool, act: Callable[[], object]) -> bool:
    """Whether the process was killed before it was done."""
    go_wrong(stage, at, after=after, what=stage.trouble.kill)
    try:
        act()
    except Killed:
        stage.revive()
        return True
    stage.trouble.at = None
    return False


def is_live(stage: FakeStage) -> bool:
    live = stage.ledger.current.live
    return live is not None and live.build == 2


def begun(stage: FakeStage) -> bool:
    return stage.ledger.current.promotion is not None or is_live(stage)


@MANY
@given(stages(), at_calls, st.booleans(), st.sampled_from([fail, interrupt]))
def test_after_a_failure_everything_is_back(
    stage: FakeStage, at: int, after: bool, what: Callable[[], object]
) -> None:
    go_wrong(stage, at, after=after, what=what)
    try:
        stage.promote()
    except Problem:
        assert stage.aliases.versions() == stage.at_start
        assert stage.ledger.current.promotion is None
        return
    except (ClientError, KeyboardInterrupt):
        # before it began, or just when it did
        assert stage.aliases.versions() == stage.at_start
        return
    assert is_live(stage)
    assert stage.aliases.versions() == stage.at_build_2
    assert stage.ledger.current.promotion is None


@MANY
@given(stages(), at_calls, st.booleans())
def test_a_promotion_that_was_killed_can_be_resumed(stage: FakeStage, at: int, after: bool) -> None:
    if not killed(stage, at, after, stage.promote):
        assert is_live(stage)
    stage.promote()
    assert stage.aliases.versions() == stage.at_build_2
    assert stage.ledger.current.live == Release(2, stage.two.versions)
    assert stage.ledger.current.promotion is None


@MANY
@given(stages(), at_calls, st.booleans())
def test_a_promotion_that_was_killed_can_be_rolled_back(
    stage: FakeStage, at: int, after: bool
) -> None:
    if not killed(stage, at, after, stage.promote):
        assert is_live(stage)
    if begun(stage):
        stage.roll_back()
    assert stage.aliases.versions() == stage.at_start
    assert stage.ledger.current.promotion is None
    assert not is_live(stage)


@MANY
@given(stages(), at_calls, at_calls, st.booleans())
def test_a_rollback_that_was_killed_can_be_finished(
    stage: FakeStage, at: int, then_at: int, after: bool
) -> None:
    if not killed(stage, at, after, stage.promote):
        assert is_live(stage)
    if begun(stage):
        killed(stage, then_at, after, stage.roll_back)
        stage.roll_back()
    assert stage.aliases.versions() == stage.at_start
    assert not is_live(stage)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("resumes", [False, True])
@pytest.mark.parametrize("at", range(60))
def test_who_lost_the_lock_moves_nothing_any_more(at: int, after: bool, resumes: bool) -> None:
    """It slept for longer than its lock holds, at any call; meanwhile somebody else went on."""
    stage = FakeStage({"a": ("b",), "b": (), "c": ()})
    here = stage.trouble

    def others() -> None:
        here.at = None
        stage.sleep(121)
        if resumes:
            stage.promote(owner="others")
        elif begun(stage):
            stage.roll_back(owner="others")

    go_wrong(stage, at, after=after, what=others)
    try:
        stage.promote()
    except Problem:
        expected = stage.at_build_2 if resumes else stage.at_start
        assert stage.aliases.versions() == expected
    else:
        # it had not begun, or was done
        assert stage.aliases.versions() in (stage.at_build_2, stage.at_start)


@MANY
@given(stages(), at_calls, st.booleans())
def test_an_alias_moved_by_hand_is_noticed_and_left_to_whom_it_belongs(
    stage: FakeStage, at: int, after: bool
) -> None:
    key = min(stage.two.functions)
    go_wrong(stage, at, after=after, what=lambda: stage.aliases.set_by_hand(key, "9"))
    by_hand = {key: Routing("9")}
    try:
        stage.promote()
    except Problem:
        assert stage.aliases.versions() == stage.at_start | by_hand
        if stage.ledger.current.promotion is not None:
            stage.roll_back(adopt=True)
            assert stage.aliases.versions() == stage.at_start
    else:
        assert stage.aliases.versions() in (stage.at_build_2, stage.at_build_2 | by_hand)


@MANY
@given(stages(), at_calls, st.booleans())
def test_callees_are_never_behind_their_callers(stage: FakeStage, at: int, fails: bool) -> None:
    """At every moment, forward and back: no more calls go to the new code of a caller than to the
    new code of what it calls."""
    calls = {key: function.calls for key, function in stage.two.functions.items()}
    changed = {key for key, version in stage.two.versions.items() if version == "2"}

    def share(key: str) -> float:
        routing = stage.aliases.now[key].routing
        return 1.0 if routing.version == "2" else routing.shares.get("2", 0.0)

    behind: list[tuple[str, str]] = []

    def look() -> None:
        for caller in changed:
            for callee in changed & reached(calls, caller):
                in_a_circle = caller in reached(calls, callee)
                if not in_a_circle and share(caller) > share(callee):
                    behind.append((caller, callee))

    stage.aliases.on_move = look
    stage.checks.says = lambda run: "no" if fails and run == at % 6 else None
    try:
        stage.promote()
    except Problem:
        assert stage.aliases.versions() == stage.at_start
    else:
        stage.roll_back()
        assert stage.aliases.versions() == stage.at_start
    assert behind == []


def reached(calls: dict[str, tuple[str, ...]], key: str) -> set[str]:
    found: set[str] = set()
    to_follow = [key]
    while to_follow:
        for callee in calls.get(to_follow.pop(), ()):
            if callee not in found:
                found.add(callee)
                to_follow.append(callee)
    return found
