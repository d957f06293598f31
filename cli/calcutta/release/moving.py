"""Moving all aliases of a promotion, rank by rank."""

from __future__ import annotations

from collections.abc import Mapping

from calcutta.problems import Problem, sentence_for
from calcutta.release.lock import Lock
from calcutta.release.logic.routing import Alias, Routing, elsewhere, moved_by_others, routings
from calcutta.release.parallel import each
from calcutta.release.ports import Aliases, AliasMoved

ATTEMPTS = 3


class Mover:
    """Every move names the revision that was seen, so one by somebody else is noticed, and one
    that was under way when the lock was lost comes to nothing."""

    def __init__(self, aliases: Aliases, lock: Lock) -> None:
        self._aliases = aliases
        self._lock = lock
        self._seen: dict[str, Alias] = {}

    def look(self) -> Mapping[str, Alias]:
        self._seen = self._aliases.read(self._lock.promotion.keys)
        return self._seen

    def claim(self) -> None:
        """Give every alias another revision: whatever the owner before us still has under way then
        comes to nothing."""
        touched: set[str] = set()
        for _ in range(ATTEMPTS):
            self._lock.keep()
            self.look()
            moved, errors = each(
                lambda key: self._aliases.move(
                    key, self._seen[key].routing, self._seen[key].revision_id
                ),
                self._seen.keys() - touched,
            )
            self._seen |= moved
            touched |= moved.keys()
            if not errors:
                return
        raise errors[0]

    def stand(self) -> None:
        """Look whether all are where they were put. Raises Problem if not."""
        wanted = routings(self._lock.promotion, self._lock.promotion.percent)
        for key in dict(elsewhere(wanted, self.look())):
            raise Problem(f"somebody else moved {key}, to {self._seen[key].routing}")

    def forward(self) -> int:
        """Move all to the step that is under way, callees first; how many moved.

        Raises:
            Problem: somebody else moved one.
            LockLost: the promotion is somebody else's now.
        """
        promotion = self._lock.promotion
        wanted = routings(promotion, promotion.percent)
        moved = 0
        for rank in promotion.ranks:
            self._lock.keep()
            count, errors = self._move({key: wanted[key] for key in rank})
            if errors:
                raise errors[0]
            moved += count
        return moved

    def back(self, *, adopt: bool = False) -> list[str]:
        """Put all back, callers first, and look whether they are; a line for each that is not.

        Args:
            adopt: those that somebody else moved, too.

        Raises:
            LockLost: the promotion is somebody else's now.
        """
        left: list[str] = []
        for _ in range(ATTEMPTS):
            self._lock.keep()
            self.look()
            promotion = self._lock.promotion
            others = {} if adopt else moved_by_others(promotion, self._seen)
            wanted = {
                key: routing for key, routing in routings(promotion, 0).items() if key not in others
            }
            left = [f"{key} was moved by hand to {it.routing}" for key, it in others.items()]
            if not dict(elsewhere(wanted, self._seen)):
                break
            for rank in reversed(promotion.ranks):
                self._lock.keep()
                _, errors = self._move({key: wanted[key] for key in rank if key in wanted})
                left += [sentence_for(error) or repr(error) for error in errors]
        return left

    def _move(self, wanted: Mapping[str, Routing]) -> tuple[int, list[Exception]]:
        to_move = dict(elsewhere(wanted, self._seen))
        moved, errors = each(lambda key: self._move_one(key, to_move[key]), to_move)
        self._seen |= moved
        return len(moved), errors

    def _move_one(self, key: str, routing: Routing) -> Alias:
        try:
            return self._aliases.move(key, routing, self._seen[key].revision_id)
        except AliasMoved:
            now = self._aliases.read([key])[key]
            # the answer to our own move may have been lost, and the move sent again
            if now.routing == routing:
                return now
            raise Problem(f"somebody else moved {key}, to {now.routing}") from None
