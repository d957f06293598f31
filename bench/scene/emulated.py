"""Where benchmarks play: an emulator's DynamoDB with the live auction's tables, and a lot up."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from chaos.aws import EMULATED, make_tables
from local.emulator import running_emulator
from shared.auction import BidRule, LeagueRules, Rules
from shared.bridge import AuctionProjection
from shared.clock import now_ms
from shared.commands import NextLot
from shared.events import AuctionOpened
from tests.integration.websocket.world import catalogue, live, lots, members, opening
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.ledger import DynamoLedger
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.adapters.tables import MODELS
from websocket_service.logic.authority import Caller
from websocket_service.logic.run_command import Desk, run_command
from websocket_service.logic.state import AuctionState

INCREMENT_CENTS = 1_00
LONG_MS = 600_000
RULES = Rules(
    version=1,
    bid_rules=(BidRule(0, INCREMENT_CENTS),),
    clock_ms=LONG_MS,
    extension_ms=LONG_MS,
    budget_cents=1_000_000_00,
)
LOT = "L01"


@contextmanager
def set_environment(values: Mapping[str, str]) -> Iterator[None]:
    """Environment variables, for as long as the block lasts, for this process and its children."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def emulated_tables() -> Iterator[dict[str, str]]:
    """An emulator with the live auction's tables; yields the environment that leads to it."""
    with running_emulator() as emulator:
        environment = EMULATED | {"AWS_ENDPOINT_URL": emulator.endpoint}
        with set_environment(environment):
            make_tables()
            try:
                yield environment
            finally:
                for model in MODELS.values():
                    model._connection = None


def opened(auction_id: str, *, lot_count: int = 1, member_count: int = 33) -> None:
    """Write an auction that was just opened; member 0 is its commissioner, the others bid."""
    opening().write(
        AuctionProjection(
            auction_id=auction_id,
            league_id=f"league-of-{auction_id}",
            title="A league",
            rules=LeagueRules(),
            members=members(member_count),
            lots=lots(lot_count),
        ),
        RULES,
    )
    open_auction(auction_id)


def open_auction(auction_id: str) -> None:
    """Write an auction's item alone, as it is when it was just opened."""
    DynamoAuctions(live()).create(
        AuctionState(
            auction_id=auction_id,
            status="open",
            rules_version=1,
            seq=1,
            last_event=AuctionOpened(at_ms=now_ms(), actor=0, request_id="open", rules_version=1),
        )
    )


def with_lot_up(auction_id: str, **sizes: int) -> None:
    """Write an auction whose lot `LOT` is up for ten minutes after each bid, without a bid."""
    opened(auction_id, **sizes)
    run_command(NextLot(request_id="next", lot_id=LOT), commissioner_of(auction_id), desk())


def desk() -> Desk:
    return Desk(
        auctions=DynamoAuctions(live()),
        rules_book=DynamoRulesBook(live()),
        catalogue=catalogue(),
        ledger=DynamoLedger(live()),
        now_ms=now_ms,
    )


def commissioner_of(auction_id: str) -> Caller:
    return Caller(auction_id, 0, "Member 0", "commissioner", "user-0")


def bidder_of(auction_id: str, number: int) -> Caller:
    return Caller(auction_id, number, f"Member {number}", "bidder", f"user-{number}")
