"""One history, played and judged."""

from __future__ import annotations

from collections import Counter

import msgspec

from chaos.histories.checking import linearization
from chaos.histories.invariants import broken
from chaos.histories.playing import Play
from chaos.histories.recording import Answer, Call, Sight
from chaos.histories.sheet import Sheet, of_lot
from tests.integration.websocket.model import LOTS, Paper
from websocket_service.logic.ports import LedgerWriter
from websocket_service.logic.read_state import Reader
from websocket_service.logic.run_command import Desk


class Verdict(msgspec.Struct, frozen=True):
    """What is wrong with a history, if anything, and what was in it.

    Attributes:
        overlapping: pairs of calls of which neither was answered before the other was sent.
    """

    failures: list[str]
    answers: dict[str, int]
    overlapping: int


def play_and_judge(
    auction_id: str, desk: Desk, reader: Reader, writer: LedgerWriter, seed: int
) -> Verdict:
    """Play one history on an auction that was just opened, and judge it."""
    calls = Play(auction_id, desk, reader, writer, seed).run()
    failures = judge(calls)
    last = calls[-1].answer
    if isinstance(last, Sight):
        failures += broken(desk.ledger.events(auction_id, 1, 10_000), calls, last)
    else:
        failures.append(f"nobody can look at the auction any more: {last.code}")
    answers = Counter(
        (call.answer.code or ("accepted" if call.answer.new else "repeated"))
        if isinstance(call.answer, Answer)
        else "seen"
        for call in calls
    )
    return Verdict([f"history {seed}: {it}" for it in failures], dict(answers), _overlapping(calls))


def judge(calls: list[Call]) -> list[str]:
    """What is not linearizable: a lot by itself, or the auction as a whole."""
    failures = [
        f"lot {lot} is not linearizable"
        for lot in LOTS
        if linearization(of_lot(calls, lot), Sheet(Paper(), of_one_lot=True)) is None
    ]
    if linearization(calls, Sheet(Paper())) is None:
        failures.append("the auction as a whole is not linearizable")
    return failures


def _overlapping(calls: list[Call]) -> int:
    return sum(
        a.invoked_ns < b.returned_ns and b.invoked_ns < a.returned_ns
        for place, a in enumerate(calls)
        for b in calls[:place]
    )
