"""Random commands of several callers at once, on the real adapters and an emulator's DynamoDB."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from typing import Any

from chaos.aws import EMULATED, make_tables
from chaos.fault import Fault, Outcome, say
from chaos.histories.judging import Verdict, play_and_judge
from chaos.histories.playing import CALLERS
from local.emulator import running_emulator
from shared.clock import now_ms
from tests.integration.websocket import world
from tests.integration.websocket.model import LOTS
from tests.integration.websocket.world import catalogue, live
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.chats import DynamoChats
from websocket_service.adapters.connections import DynamoConnections
from websocket_service.adapters.ledger import DynamoLedger
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.adapters.writes import DynamoLedgerWriter
from websocket_service.logic.read_state import Reader
from websocket_service.logic.run_command import Desk

HISTORIES = 1_000
PROCESSES = 2
AT_ONCE = 25
"""Histories of one task; progress shows after each."""


def bring_about(histories: int = HISTORIES) -> Outcome:
    verdicts: list[Verdict] = []
    with running_emulator() as emulator:
        environment = EMULATED | {"AWS_ENDPOINT_URL": emulator.endpoint}
        os.environ.update(environment)
        make_tables()
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(PROCESSES, mp_context=spawn) as processes:
            tasks = [
                processes.submit(play_some, environment, first, min(AT_ONCE, histories - first))
                for first in range(0, histories, AT_ONCE)
            ]
            for task in as_completed(tasks):
                verdicts += task.result()
                wrong = sum(bool(it.failures) for it in verdicts)
                say(f"{len(verdicts)} of {histories} histories, {wrong} not as they should be")
    return outcome_of(verdicts)


def play_some(environment: dict[str, str], first: int, count: int) -> list[Verdict]:
    """Histories `first`, `first` + 1, … in this process."""
    os.environ.update(environment)
    return [play_one(seed) for seed in range(first, first + count)]


def play_one(seed: int) -> Verdict:
    auction_id = f"history-{seed}"
    world.open_auction(lot_count=len(LOTS), member_count=CALLERS, auction_id=auction_id)
    parts: dict[str, Any] = {
        "auctions": DynamoAuctions(live()),
        "rules_book": DynamoRulesBook(live()),
        "catalogue": catalogue(),
        "ledger": DynamoLedger(live()),
        "now_ms": now_ms,
    }
    desk = Desk(**parts)
    reader = Reader(
        **parts, connections=DynamoConnections(live(), now_ms), chats=DynamoChats(live())
    )
    return play_and_judge(auction_id, desk, reader, DynamoLedgerWriter(), seed)


def outcome_of(verdicts: list[Verdict]) -> Outcome:
    answers: Counter[str] = Counter()
    for verdict in verdicts:
        answers.update(verdict.answers)
    calls, told = sum(answers.values()), answers["accepted"]
    kinds = len(answers.keys() - {"accepted", "repeated", "seen", "busy"})
    return Outcome(
        figures=[
            f"{sum(not it.failures for it in verdicts):,} of {len(verdicts):,} linearizable",
            f"{calls:,} calls of {CALLERS} callers, {sum(it.overlapping for it in verdicts):,} "
            "pairs overlapping",
            f"{told:,} accepted, {answers['repeated']:,} recognised as sent before, "
            f"{answers['seen']:,} snapshots, {answers['busy']:,} told to try again, "
            f"{calls - told - answers['repeated'] - answers['seen'] - answers['busy']:,} refused "
            f"for {kinds} reasons",
        ],
        failures=[failure for verdict in verdicts for failure in verdict.failures],
    )


FAULT = Fault(
    name="histories",
    what="1,000 random histories of concurrent commands",
    must_hold="each is linearizable per lot and as a whole; no invariant broken",
    on="the real logic and adapters, on the emulator's DynamoDB",
    bring_about=bring_about,
    in_small=partial(bring_about, histories=20),
)
