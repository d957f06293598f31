"""The stage's state while this process owns it."""

from __future__ import annotations

from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError
from msgspec.structs import replace

from calcutta.problems import Problem
from calcutta.release.logic.records import Promotion, StageState
from calcutta.release.logic.states import finished, locked, refuse_if_held
from calcutta.release.ports import Ledger, LockLost


class Lock:
    """Every write is on the condition that nobody else wrote, so who lost the lock learns it.

    Args:
        owner: who we are, as others are told: no other process that lives is called so.
        clock: the time now, in epoch ms.
    """

    def __init__(self, ledger: Ledger, owner: str, clock: Callable[[], int]) -> None:
        self._ledger = ledger
        self._owner = owner
        self._clock = clock
        self.state, self._revision = ledger.state()

    @property
    def promotion(self) -> Promotion:
        """Ours. Raises LockLost before it is taken and after it is finished."""
        if self.state.promotion is None:
            raise LockLost
        return self.state.promotion

    def take(self, promotion: Promotion) -> None:
        """Own the stage from now on.

        Raises:
            Problem: somebody else does, or was faster.
        """
        refuse_if_held(self.state, self._clock())
        try:
            self.keep(promotion)
        except LockLost:
            refuse_if_held(self._ledger.state()[0], self._clock())
            raise Problem("somebody else has just changed this stage's ledger: try again") from None

    def keep(self, promotion: Promotion | None = None) -> None:
        """Write how far we are, and own the stage for another while. Raises LockLost."""
        mine = locked(promotion or self.promotion, self._owner, self._clock())
        self._save(replace(self.state, promotion=mine))

    def let_go(self) -> None:
        """Leave the promotion as it is to whoever goes on with it. Raises LockLost."""
        self._save(replace(self.state, promotion=replace(self.promotion, expires_ms=0)))

    def finish(self) -> None:
        """All aliases are where the promotion led. Raises LockLost."""
        done = finished(self.state, self.promotion)
        try:
            self._save(done)
        except (ClientError, BotoCoreError):
            # was it only the answer that got lost?
            if self._ledger.state()[0] != done:
                raise

    def _save(self, state: StageState) -> None:
        self._revision = self._saved(state)
        self.state = state

    def _saved(self, state: StageState) -> int:
        try:
            return self._ledger.save(state, self._revision)
        except LockLost:
            there, revision = self._ledger.state()
            if there == state:
                return revision
            if there.promotion is None or there.promotion.owner != self._owner:
                raise
            # our own write, whose answer we never saw
            return self._ledger.save(state, revision)
