"""Undoing the latest promotion, be it finished or not."""

from __future__ import annotations

import time
from contextlib import suppress

import msgspec
from botocore.exceptions import BotoCoreError, ClientError
from msgspec.structs import replace

from calcutta.problems import Problem
from calcutta.release.lock import Lock
from calcutta.release.logic.comparing import refuse_lost_versions, refuse_moved_meanwhile
from calcutta.release.logic.records import Promotion
from calcutta.release.logic.states import limited, refuse_if_held, undo
from calcutta.release.moving import Mover
from calcutta.release.ports import LockLost
from calcutta.release.promoting import TAKEN_OVER
from calcutta.release.signals import unstoppable
from calcutta.release.world import World


class RolledBack(msgspec.Struct, frozen=True):
    """`live` is the build that is live now, `undone` the one that was taken away."""

    live: int | None
    undone: int | None
    moved: int
    seconds: float


def roll_back(world: World, *, adopt: bool) -> RolledBack:
    """Put every alias back to where it was before the latest promotion.

    Args:
        adopt: those that somebody moved by hand, too.

    Raises:
        Problem: it was refused and nothing was moved; or not everything is back.
    """
    started = time.monotonic()
    lock = Lock(world.ledger, world.owner, world.clock)
    refuse_if_held(lock.state, world.clock())
    if lock.state.promotion is None and lock.state.rolled_back is not None:
        return _already(world, lock)
    interrupted = lock.state.promotion is not None
    promotion = limited(_way_back(world, lock), world.aliases.keys())
    _check(world, promotion, adopt=adopt)
    lock.take(promotion)
    try:
        with unstoppable():
            mover = Mover(world.aliases, lock)
            if interrupted:
                mover.claim()
            left = mover.back(adopt=adopt)
            if left:
                lock.let_go()
                raise Problem(
                    f"not everything is back at {promotion.old} ({'; '.join(left)}): "
                    f"try again: calcutta release rollback --stage {world.stage}"
                )
            world.note(promotion.new, "rolled_back", "" if promotion.undoes else "while under way")
            lock.finish()
    except LockLost:
        raise Problem(TAKEN_OVER) from None
    except (ClientError, BotoCoreError):
        with suppress(ClientError, BotoCoreError, LockLost):
            lock.let_go()
        raise
    return RolledBack(
        promotion.old.build,
        promotion.new.build,
        len(promotion.keys),
        round(time.monotonic() - started, 3),
    )


def _way_back(world: World, lock: Lock) -> Promotion:
    interrupted, live = lock.state.promotion, lock.state.live
    if interrupted is not None:
        return replace(interrupted, back=True)
    if live is None or live.build is None:
        raise Problem(f"nothing was ever promoted in stage {world.stage}")
    return undo(world.build(live.build), lock.state)


def _check(world: World, promotion: Promotion, *, adopt: bool) -> None:
    """Nothing is moved unless everything can be."""
    old = {key: promotion.old.versions[key] for key in promotion.keys}
    refuse_lost_versions(promotion, world.aliases.codes(old))
    if not adopt:
        refuse_moved_meanwhile(promotion, world.aliases.read(promotion.keys), world.stage)


def _already(world: World, lock: Lock) -> RolledBack:
    """A rollback undoes the latest promotion, once."""
    live, previous = lock.state.live, lock.state.previous
    now = "what was there before" if live is None else str(live)
    world.say(f"build {lock.state.rolled_back} was rolled back already: {now} is live")
    if previous is not None and previous.build is not None:
        world.say(
            f"further back: calcutta release promote --stage {world.stage} "
            f"--build {previous.build} --steps 100 --wait 0"
        )
    return RolledBack(None if live is None else live.build, lock.state.rolled_back, 0, 0.0)
