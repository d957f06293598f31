"""The sequential model: the auction on paper, and the requests it remembers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from chaos.histories.recording import Answer, Call, Sight
from shared import commands
from shared.limits import REPLAY_WINDOW
from tests.integration.websocket.model import Paper

CHANGED_NOTHING = "busy"


@dataclass(frozen=True)
class Sheet:
    """One moment of an auction; implements `checking.Model`.

    Attributes:
        recent: the requests behind the latest changes, newest first.
        of_one_lot: what other lots would add is unknown: numbers of events, minimums, replays.
    """

    paper: Paper
    recent: tuple[tuple[int, str], ...] = ()
    of_one_lot: bool = False

    @property
    def key(self) -> Hashable:
        paper = self.paper
        return (
            paper.closed,
            paper.lot,
            tuple(paper.bids),
            paper.limit,
            paper.clock_end,
            paper.last_bid_end,
            paper.left,
            tuple(sorted(paper.owners.items())),
            frozenset(paper.passed),
            paper.changes,
            self.recent,
        )

    def after(self, call: Call) -> Self | None:
        if isinstance(call.answer, Sight):
            return self if call.answer == self._sight() else None
        request = (call.member, call.command.request_id)
        if call.answer.code == CHANGED_NOTHING:
            return self
        if request in self.recent:
            place = self.paper.changes - self.recent.index(request)
            return self if (call.answer.code, call.answer.seq) == (None, place) else None
        return self._decided(call, call.answer)

    def _decided(self, call: Call, answer: Answer) -> Self | None:
        before = self.paper
        paper = replace(
            before,
            now=call.at_ms,
            bids=[*before.bids],
            owners={**before.owners},
            passed={*before.passed},
        )
        if answer.code != _answer_on(paper, call):
            return None
        if not self.of_one_lot:
            if answer.seq not in (None, paper.changes):
                return None
            if answer.minimum_cents not in (None, _minimum_for(before, call)):
                return None
        if answer.code is not None:
            return self
        request = (call.member, call.command.request_id)
        recent = () if self.of_one_lot else (request, *self.recent)[:REPLAY_WINDOW]
        return replace(self, paper=paper, recent=recent)

    def _sight(self) -> Sight:
        paper = self.paper
        up = paper.lot is not None
        members = {owner for owner, _ in paper.owners.values()}
        return Sight(
            seq=paper.changes,
            status=paper.status(),
            lot_id=paper.lot,
            minimum_cents=paper.minimum if up else None,
            high=paper.bids[-1] if up and paper.bids else None,
            remaining_ms=paper.left if up else None,
            deadline_ms=paper.end if up and paper.left is None else None,
            owners=dict(paper.owners),
            spent={member: paper.spent(member) for member in members},
            up=(paper.lot,) if paper.lot is not None else (),
        )


def _minimum_for(paper: Paper, call: Call) -> int:
    """The least that a refused bid or maximum would have had to be."""
    leads = paper.leader == call.member and isinstance(call.command, commands.SetMaximum)
    return paper.bids[-1][1] if leads else paper.minimum


def _answer_on(paper: Paper, call: Call) -> str | None:
    """What the paper says to a command: None, or the code of a refusal."""
    match call.command:
        case commands.NextLot(lot_id=str(lot)):
            return paper.next_lot(lot)
        case commands.PlaceBid(lot_id=lot, amount_cents=amount):
            return paper.bid(call.member, lot, amount)
        case commands.SetMaximum(lot_id=lot, maximum_cents=limit):
            return paper.maximum(call.member, lot, limit)
        case commands.Hammer(lot_id=lot, forced=forced):
            return paper.hammer(lot, forced)
        case commands.PassLot(lot_id=lot):
            return paper.pass_lot(lot)
        case commands.UndoBid(lot_id=lot):
            return paper.undo(lot)
        case commands.ResetLot(lot_id=lot):
            return paper.reset_lot(lot)
        case commands.ResetClock(lot_id=lot):
            return paper.reset_clock(lot)
        case commands.Pause():
            return paper.pause()
        case commands.Resume():
            return paper.resume()
        case commands.CloseAuction():
            return paper.close()
        case commands.ReopenAuction():
            return paper.reopen()
        case other:
            raise TypeError(f"the paper knows no {type(other).__name__}")


OF_OTHER_LOTS = ("lot_is_up", "over_budget", CHANGED_NOTHING)
"""Refusals that a lot cannot explain by itself."""


def of_lot(calls: Sequence[Call], lot_id: str) -> list[Call]:
    """The part of a history that concerns one lot: what names it and what its own events were,
    without what only other lots explain."""
    return [call for call in calls if _concerns(call, lot_id)]


def _concerns(call: Call, lot_id: str) -> bool:
    if not isinstance(call.answer, Answer) or call.answer.code in OF_OTHER_LOTS:
        return False
    accepted = call.answer.code is None
    if accepted and not call.answer.new:
        return False
    if isinstance(call.command, commands.Pause | commands.Resume):
        return accepted and call.answer.lot_id == lot_id
    if isinstance(call.command, commands.CloseAuction | commands.ReopenAuction):
        return accepted
    return getattr(call.command, "lot_id", None) == lot_id
