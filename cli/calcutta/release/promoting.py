"""A promotion: move a share of the calls, check, move more; or put everything back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec
from botocore.exceptions import BotoCoreError, ClientError
from msgspec.structs import replace

from calcutta.problems import Problem, sentence_for
from calcutta.release.lock import Lock
from calcutta.release.logic.comparing import (
    refuse_hand_moved,
    refuse_moved_meanwhile,
    refuse_other_code,
)
from calcutta.release.logic.keeping import prunable
from calcutta.release.logic.records import Build, Promotion
from calcutta.release.logic.sampling import MISSED, runs_for
from calcutta.release.logic.states import begin, refuse_if_held, resumed
from calcutta.release.moving import Mover
from calcutta.release.parallel import all_of
from calcutta.release.ports import CheckFailed, LockLost
from calcutta.release.signals import stoppable, unstoppable
from calcutta.release.world import World

LOOK_S = 10.0
"""Seconds between two looks at the alarms."""

TAKEN_OVER = (
    "the lock ran out and somebody else went on from here, so this one moved nothing more: "
    "see calcutta release list"
)


class Wish(msgspec.Struct, frozen=True):
    """What a person asked for.

    Attributes:
        steps: percent, ascending, the last 100.
        wait_s: how long the alarms are watched at each step.
        adopt: take aliases that somebody moved by hand as what was there.
        reason: why the promotion is forced; empty if it is not.
        allowed: called with the build before a promotion begins; raises Problem to refuse it.
    """

    build: int
    steps: tuple[int, ...]
    wait_s: float
    adopt: bool
    reason: str
    allowed: Callable[[Build], None]


class Step(msgspec.Struct, frozen=True):
    percent: int
    moved: int
    canary_runs: int
    seconds: float


class Promoted(msgspec.Struct, frozen=True):
    """`steps` is empty if the build was live already, and had passed."""

    build: int
    previous: int | None
    steps: tuple[Step, ...]
    pruned: int


def promote(world: World, wish: Wish) -> Promoted:
    """Make a build live.

    Raises:
        Problem: it was refused and nothing was moved; or it failed, and the line says whether
            everything is back.
    """
    lock = Lock(world.ledger, world.owner, world.clock)
    refuse_if_held(lock.state, world.clock())
    build = world.build(wish.build)
    interrupted = resumed(lock.state, wish.build, world.stage)
    refuse_other_code(build, world.aliases.keys(), world.aliases.codes(build.versions))
    if interrupted is not None:
        refuse_moved_meanwhile(interrupted, world.aliases.read(interrupted.keys), world.stage)
        world.say(f"going on at {interrupted.percent} %, where it was interrupted")
    promotion = interrupted or _opened(world, lock, wish, build)
    if promotion is None:
        world.say(f"build {wish.build} is live already")
        return Promoted(wish.build, _previous(lock), (), 0)
    lock.take(promotion)
    mover = Mover(world.aliases, lock)
    try:
        with stoppable():
            if interrupted is not None:
                mover.claim()
            mover.look()
            steps = tuple(_steps(world, lock, mover, wish.wait_s))
            mover.stand()
            pruned = _prune(world, lock)
            with unstoppable():
                reason = lock.promotion.reason
                world.note(lock.promotion.new, "promoted", reason and f"forced: {reason}")
                lock.finish()
    except LockLost:
        raise Problem(TAKEN_OVER) from None
    except (Exception, KeyboardInterrupt) as failure:
        ending = _put_back(world, lock, mover, _why(failure))
        if _why(failure) is None:
            raise
        raise Problem(ending) from failure
    return Promoted(wish.build, _previous(lock), steps, pruned)


def _opened(world: World, lock: Lock, wish: Wish, build: Build) -> Promotion | None:
    """The promotion from what is there to the build; None if it is live and has passed.

    A stage's first build is live without ever having been checked: then nothing moves, but the
    canary and the alarms are asked.
    """
    standing = world.aliases.read(world.aliases.keys())
    if not wish.adopt:
        refuse_hand_moved(lock.state.live, standing)
        live = lock.state.live
        if live is not None and live.build == build.build and build.passed:
            return None
    wish.allowed(build)
    ringing = world.checks.ringing()
    if ringing:
        world.say(f"ringing before it begins, so not held against it: {', '.join(sorted(ringing))}")
    return begin(
        build,
        lock.state,
        {key: alias.routing.version for key, alias in standing.items()},
        wish.steps,
        ringing=ringing,
        reason=wish.reason,
        adopted=wish.adopt,
    )


def _steps(world: World, lock: Lock, mover: Mover, wait_s: float) -> list[Step]:
    done = []
    for index in range(lock.promotion.step, len(lock.promotion.steps)):
        lock.keep(replace(lock.promotion, step=index))
        percent = lock.promotion.percent
        started = time.monotonic()
        moved = mover.forward()
        world.say(f"{percent} %: moved {moved} aliases in {time.monotonic() - started:.1f} s")
        runs = _run_canary(world, lock, percent)
        _watch_alarms(world, lock, wait_s)
        done.append(Step(percent, moved, runs, round(time.monotonic() - started, 3)))
    return done


def _run_canary(world: World, lock: Lock, percent: int) -> int:
    runs = runs_for(percent)
    if runs > 1:
        world.say(
            f"{percent} %: {runs} runs of the canary; with fewer, the chance that the new code "
            f"takes part in none of them would be over {MISSED:.0%}"
        )
    for run in range(1, runs + 1):
        lock.keep()
        world.say(f"{percent} %: canary {run} of {runs} passed: {world.checks.canary()}")
    return runs


def _watch_alarms(world: World, lock: Lock, wait_s: float) -> None:
    until = world.clock() + wait_s * 1_000
    while True:
        new = world.checks.ringing() - set(lock.promotion.ringing)
        if new:
            raise CheckFailed(f"alarms ring: {', '.join(sorted(new))}")
        left_s = (until - world.clock()) / 1_000
        if left_s <= 0:
            return
        world.say(f"{lock.promotion.percent} %: no new alarms, {left_s:.0f} s to go")
        lock.keep()
        world.sleep(min(LOOK_S, left_s))


def _prune(world: World, lock: Lock) -> int:
    """Delete what nothing needs any more; a failure does not undo the promotion."""
    lock.keep()
    promotion = lock.promotion

    def prune(key: str, builds: Sequence[Build]) -> int:
        published = world.aliases.published(key)
        unneeded = prunable(key, published, promotion.new, promotion.old, builds)
        for version in unneeded:
            world.aliases.delete(key, version)
        return len(unneeded)

    try:
        builds = world.ledger.builds()
        return sum(all_of(lambda key: prune(key, builds), promotion.new.versions).values())
    except (ClientError, BotoCoreError, Problem) as error:
        world.say(f"old versions were not all deleted: {sentence_for(error)}")
        return 0


def _put_back(world: World, lock: Lock, mover: Mover, why: str | None) -> str:
    """How the promotion ended, in a sentence."""
    promotion = lock.promotion
    failed = f"the promotion of {promotion.new} failed at {promotion.percent} %: {why}; "
    finish = f"finish it: calcutta release rollback --stage {world.stage}"
    world.say(f"putting every alias back to {promotion.old}")
    with unstoppable():
        try:
            lock.keep(replace(promotion, back=True))
            left = mover.back()
            if left:
                lock.let_go()
                return f"{failed}not everything is back ({'; '.join(left)}); {finish} [--adopt]"
            world.note(promotion.new, "failed", f"at {promotion.percent} %: {why}")
            lock.finish()
        except LockLost:
            return failed + TAKEN_OVER
        except (ClientError, BotoCoreError, Problem) as error:
            with suppress(ClientError, BotoCoreError, LockLost):
                lock.let_go()
            return f"{failed}putting back failed too: {sentence_for(error)}; {finish}"
    return f"{failed}every alias is back at {promotion.old}"


def _why(failure: BaseException) -> str | None:
    """What a person is told; None for a defect, which is theirs to see whole."""
    match failure:
        case KeyboardInterrupt():
            return "it was interrupted"
        case CheckFailed():
            return str(failure)
        case _:
            return sentence_for(failure)


def _previous(lock: Lock) -> int | None:
    return None if lock.state.previous is None else lock.state.previous.build
