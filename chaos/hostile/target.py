"""What is attacked: the real handlers and adapters, on an AWS in this process (moto)."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Engine

from chaos.aws import EMULATED, make_seats_table, make_tables
from chaos.databases import bridge_on, engine_of
from chaos.hostile.attack import AUCTION, Attack
from rds_bridge_service.adapters.migrating import migrate
from shared.auction import LeagueRules, Member
from shared.bridge import AuctionProjection, FindMember, MemberNow
from shared.clock import now_ms
from shared.commands import NextLot, OpenAuction, PlaceBid
from shared.errors import InvalidMessage, NotFound
from shared.settings import Settings
from tests.fakes.aws_door import emulated_aws
from tests.fakes.connections import MemorySockets
from tests.fakes.settings_tables import make_settings_tables
from tests.integration.rds_bridge.api.http import Api
from tests.integration.rds_bridge.api.table import everything
from tests.integration.websocket import world
from websocket_service import wiring
from websocket_service.adapters.tables import MODELS, bind
from websocket_service.logic.authority import Caller
from websocket_service.logic.open_auction import open_auction
from websocket_service.logic.place_bid import place_bid
from websocket_service.logic.ports import Connection
from websocket_service.logic.run_command import run_command
from websocket_service.logic.tickets import issue_ticket, use_ticket

SECRET = "canary7f3a"
"""Part of every table's name and of the environment: it shows if any of that leaks."""

CONNECTIONS = 5
"""Of member 2: as many as one may have."""


class BridgeThatKnowsNobody:
    """The bridge's answers to strangers, as its own edge gives them."""

    def __init__(self, auction: AuctionProjection) -> None:
        self._auction = auction

    def open_auction(self, auction_id: str) -> AuctionProjection:
        return self._auction

    def look_up(self, auction_id: str, user_id: str) -> MemberNow:
        raise NotFound("there is no such auction, or the user is not in it")

    def find_member(self, auction_id: str, user_id: str) -> Member:
        try:
            msgspec.convert({"auction_id": auction_id, "user_id": user_id}, FindMember)
        except msgspec.ValidationError as error:
            raise InvalidMessage(str(error)) from None
        raise NotFound("there is no such auction, or the user is not in it")


class Target:
    """An auction with a lot up, a league with a member of every role, and everything that an attack
    could change in them.

    Attributes:
        stale: tickets that must not open anything any more.
        api: the way to leagues of who has the right.
    """

    def __init__(self, engine: Engine) -> None:
        migrate(engine)
        self.api = Api(engine)
        self.league_id = self.api.staffed()
        wiring.container.cache_clear()
        self._container = wiring.container()
        self._sockets = MemorySockets()
        self._container.__dict__["sockets"] = self._sockets
        self._container.__dict__["bridge"] = BridgeThatKnowsNobody(_auction())
        self._open()
        self.stale = self._make_stale_tickets()

    def hit(self, attack: Attack) -> Any:
        """What the handler answers."""
        service = "rds_bridge" if attack.function == "serve_leagues" else "websocket"
        module = importlib.import_module(f"{service}_service.handlers.{attack.function}")
        # as it comes to a Lambda: through JSON
        return module.handler(json.loads(json.dumps(attack.event)), None)

    def fingerprint(self) -> str:
        """Changes if any row of any table, or what any connection was sent, does."""
        rows = [
            json.dumps(row.to_simple_dict(), sort_keys=True, default=str)
            for model in MODELS.values()
            for row in model.scan()
        ]
        rows += [str(sorted(map(str, of))) for of in everything(self.api.engine).values()]
        told = f"{self._sockets.posts}{self._sockets.closed}"
        return hashlib.sha256("\n".join([*sorted(rows), told]).encode()).hexdigest()

    def _open(self) -> None:
        c = self._container
        commissioner = Caller(AUCTION, 0, "Member 0", "commissioner", "user-0")
        open_auction(
            OpenAuction(request_id="open"),
            commissioner,
            auctions=c.auctions,
            opening=c.opening,
            bridge=BridgeThatKnowsNobody(_auction()),
            settings=Settings(),
            now_ms=now_ms,
        )
        run_command(NextLot(request_id="up", lot_id="L01"), commissioner, c.desk)
        place_bid(
            PlaceBid(request_id="bid", lot_id="L01", amount_cents=20_00),
            Caller(AUCTION, 1, "Member 1", "bidder", "user-1"),
            auctions=c.auctions,
            rules_book=c.rules_book,
            members=c.catalogue.members,
            now_ms=now_ms,
        )
        for place in range(CONNECTIONS):
            c.connections.add(
                AUCTION, Connection(f"held-{place}", 2, "Member 2", "bidder", "user-2")
            )

    def _make_stale_tickets(self) -> list[str]:
        tickets, bidder = self._container.tickets, _members()[1]
        make: dict[str, Any] = {"tickets": tickets, "find_member": lambda *_: bidder}
        used, _ = issue_ticket(AUCTION, "user-1", **make, now_ms=now_ms)
        use_ticket(used, AUCTION, tickets=tickets, now_ms=now_ms())
        expired, _ = issue_ticket(AUCTION, "user-1", **make, now_ms=lambda: 1)
        foreign, _ = issue_ticket("auction-2", "user-1", **make, now_ms=now_ms)
        return [used, expired, foreign]


@contextmanager
def scratch_database() -> Iterator[str]:
    """The address of an empty SQLite, whose name shows if it leaks."""
    with tempfile.TemporaryDirectory(prefix="calcutta-chaos-") as folder:
        yield f"sqlite:///{folder}/{SECRET}.db"


@contextmanager
def target() -> Iterator[Target]:
    before = dict(os.environ)
    names = {variable: f"{SECRET}-{variable.lower()}" for variable in MODELS}
    os.environ.update(EMULATED | names | {
        "SETTINGS_TABLE": f"{SECRET}-settings",
        "SETTINGS_HISTORY_TABLE": f"{SECRET}-settings-history",
        "SOCKETS_ENDPOINT": f"https://{SECRET}.execute-api.us-east-1.amazonaws.com/local",
        "NOTICES_TABLE": f"{SECRET}-notices",
        "SEATS_TABLE": f"{SECRET}-seats",
        "LOG_LEVEL": "CRITICAL",
    })  # fmt: skip
    try:
        with emulated_aws():
            bind(os.environ)
            make_settings_tables(os.environ["SETTINGS_TABLE"], os.environ["SETTINGS_HISTORY_TABLE"])
            make_tables()
            make_seats_table(os.environ["SEATS_TABLE"])
            with scratch_database() as url, bridge_on(url), engine_of(url) as engine:
                yield Target(engine)
    finally:
        os.environ.clear()
        os.environ.update(before)
        for variable, model in MODELS.items():
            model.Meta.table_name = variable.removesuffix("_TABLE").lower()
            model._connection = None


def _auction() -> AuctionProjection:
    return AuctionProjection(
        auction_id=AUCTION,
        league_id="league-1",
        title="A league",
        rules=LeagueRules(clock_ms=600_000, extension_ms=300_000),
        members=_members(),
        lots=world.lots(3),
    )


def _members() -> tuple[MemberNow, ...]:
    """A commissioner, three bidders of whom the first has $30.00, a spectator."""
    plain = world.members(5)
    return (
        plain[0],
        msgspec.structs.replace(plain[1], budget_cents=30_00),
        *plain[2:4],
        msgspec.structs.replace(plain[4], role="spectator"),
    )
