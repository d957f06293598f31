"""The ways of a stage's state: pure, so that every one of them can be tried.

    idle ──begin──▶ forward, step 0 ──step_reached──▶ … ──finished──▶ idle, live is new
                        │ put_back                                      │ undo
                        ▼                                               ▼
                      back ◀──────────────────────────────────────── back
                        └──finished──▶ idle, live is old

Whoever is in `forward` or `back` owns the lock, until it expires.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from calcutta.problems import Problem
from calcutta.release.logic.order import ranks
from calcutta.release.logic.records import Build, Promotion, Release, StageState

LEASE_MS = 120_000
"""A lock that was not renewed for so long belongs to nobody. Longer than any single wait between
two renewals: a run of the canary takes at most a minute."""


def refuse_if_held(state: StageState, now_ms: int) -> None:
    """Raises Problem while somebody is at work."""
    held = state.promotion
    if held is not None and held.expires_ms > now_ms:
        left_s = (held.expires_ms - now_ms + 999) // 1_000
        doing = f"putting back {held.old}" if held.back else f"promoting {held.new}"
        raise Problem(
            f"{held.owner} is {doing}; wait for it, or, should it have died, "
            f"{left_s} s until its lock runs out"
        )


def begin(
    build: Build,
    state: StageState,
    standing: Mapping[str, str],
    steps: tuple[int, ...],
    *,
    ringing: frozenset[str] = frozenset(),
    reason: str = "",
    adopted: bool = False,
) -> Promotion:
    """The promotion of a build, not yet locked.

    Args:
        standing: the version each alias is at.
        adopted: they are not where the ledger says, and that is accepted.
    """
    # an adopted alias may carry shares: it is moved even to the version it is at
    to_move = {
        key for key, version in build.versions.items() if adopted or standing[key] != version
    }
    label = None if state.live is None or adopted else state.live.build
    return Promotion(
        old=Release(label, dict(standing)),
        new=Release(build.build, build.versions),
        ranks=_ranks_of(build, to_move),
        # where nothing moves there is nothing to divide
        steps=steps if to_move else (100,),
        owner="",
        expires_ms=0,
        ringing=tuple(sorted(ringing)),
        reason=reason,
    )


def resumed(state: StageState, build: int, stage: str) -> Promotion | None:
    """The promotion of this build that was interrupted; None if there was none.

    Raises:
        Problem: what was interrupted has to be ended first.
    """
    under_way = state.promotion
    if under_way is None:
        return None
    if under_way.back:
        raise Problem(
            f"the way back to {under_way.old} was not finished; "
            f"finish it first: calcutta release rollback --stage {stage}"
        )
    if under_way.new.build != build:
        raise Problem(
            f"the promotion of {under_way.new} was interrupted at {under_way.percent} %; first "
            f"finish it (calcutta release promote --stage {stage} --build {under_way.new.build}) "
            f"or undo it (calcutta release rollback --stage {stage})"
        )
    return under_way


def undo(build: Build, state: StageState) -> Promotion:
    """The way back from what is live (this build) to what was live before it, not yet locked.

    Raises:
        Problem: what was before is not known.
    """
    if state.live is None or state.previous is None:
        raise Problem("nothing to roll back to: the ledger knows no release before this one")
    old, new = state.previous.versions, state.live.versions
    to_move = {key for key in new if old.get(key, new[key]) != new[key]}
    return Promotion(
        old=state.previous,
        new=state.live,
        ranks=_ranks_of(build, to_move),
        steps=(100,),
        owner="",
        expires_ms=0,
        back=True,
        undoes=True,
    )


def limited(promotion: Promotion, keys: Collection[str]) -> Promotion:
    """The same without the functions that are no longer deployed."""
    ranks_left = (tuple(key for key in rank if key in keys) for rank in promotion.ranks)
    return replace(promotion, ranks=tuple(rank for rank in ranks_left if rank))


def _ranks_of(build: Build, to_move: Collection[str]) -> tuple[tuple[str, ...], ...]:
    order = ranks({key: function.calls for key, function in build.functions.items()})
    moved = (tuple(key for key in rank if key in to_move) for rank in order)
    return tuple(rank for rank in moved if rank)


def locked(promotion: Promotion, owner: str, now_ms: int) -> Promotion:
    return replace(promotion, owner=owner, expires_ms=now_ms + LEASE_MS)


def finished(state: StageState, promotion: Promotion) -> StageState:
    """The state once every alias is where the promotion led."""
    if not promotion.back:
        # a build that was live already, and has passed now, has nothing before it but what it had
        again = promotion.old == promotion.new
        return StageState(promotion.new, state.previous if again else promotion.old)
    if promotion.undoes:
        return StageState(live=promotion.old, rolled_back=promotion.new.build)
    return replace(state, promotion=None, rolled_back=promotion.new.build)
