"""A process that bids on whatever lot is up, as fast as it can, until the auction is closed."""

from __future__ import annotations

import os
import random

import msgspec

from shared import commands
from shared.clock import now_ms
from shared.errors import Refused
from shared.events import AnyEvent
from tests.integration.websocket.world import AUCTION, catalogue, live
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.ledger import DynamoLedger
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.logic.authority import Caller
from websocket_service.logic.decide import Decided
from websocket_service.logic.place_bid import place_bid
from websocket_service.logic.run_command import Desk, run_command


class Report(msgspec.Struct):
    """What a process did: the events it caused, and the bids it was refused."""

    accepted: list[tuple[int, AnyEvent]] = []
    refused: list[tuple[commands.PlaceBid, str, int | None]] = []


def bid_until_closed(number: int, environment: dict[str, str]) -> Report:
    """One bidder; `environment` leads to the emulator."""
    os.environ.update(environment)
    chance = random.Random(number)
    caller = Caller(AUCTION, number, f"Member {number}", "bidder", f"user-{number}")
    auctions, rules_book, report = DynamoAuctions(live()), DynamoRulesBook(live()), Report()
    sent = 0
    while True:
        state = auctions.read(AUCTION)
        if state is None or state.status == "closed":
            return report
        if state.current is None:
            continue
        for _ in range(5):
            sent += 1
            command = commands.PlaceBid(
                request_id=f"{number}-{sent}",
                lot_id=state.current.lot_id,
                amount_cents=state.current.minimum_cents + chance.choice([-100, 0, 0, 100, 700]),
            )
            try:
                outcome = place_bid(
                    command,
                    caller,
                    auctions=auctions,
                    rules_book=rules_book,
                    members=catalogue().members,
                    now_ms=now_ms,
                )
            except Refused as refused:
                report.refused.append((command, refused.refusal_code, refused.minimum_cents))
            else:
                assert outcome.entry is not None
                report.accepted.append((outcome.seq, outcome.entry.event))


def run_the_auction(lots: list[str], environment: dict[str, str]) -> Report:
    """The commissioner: puts each lot up, hammers as soon as it may, closes at the end."""
    os.environ.update(environment)
    caller = Caller(AUCTION, 0, "Member 0", "commissioner", "user-0")
    desk = Desk(
        auctions=DynamoAuctions(live()),
        rules_book=DynamoRulesBook(live()),
        catalogue=catalogue(),
        ledger=DynamoLedger(live()),
        now_ms=now_ms,
    )
    report = Report()

    def send(command: Decided) -> bool:
        try:
            outcome = run_command(command, caller, desk)
        except Refused as refused:
            assert refused.refusal_code == "deadline_not_reached"
            return False
        assert outcome.entry is not None
        report.accepted.append((outcome.seq, outcome.entry.event))
        return True

    for lot in lots:
        send(commands.NextLot(request_id=f"next-{lot}", lot_id=lot))
        while not send(commands.Hammer(request_id=f"hammer-{lot}", lot_id=lot)):
            pass
    send(commands.CloseAuction(request_id="close"))
    return report
