"""A whole night's ledger: the example league, played by the real logic in memory."""

from __future__ import annotations

import random
from itertools import islice
from typing import Any
from uuid import uuid4

from msgspec.structs import replace
from sqlalchemy import Engine

from local.emulator import ROOT
from rds_bridge_service.adapters.auctions import SqlAuctions
from rds_bridge_service.adapters.leagues.leagues import SqlLeagues
from rds_bridge_service.logic.importing import import_league
from shared import commands
from shared.auction import LeagueRules, Lot
from shared.bridge import ImportLeague, LeagueFiles, OpenAuctionRequest
from shared.codec import encode
from shared.errors import Refused
from shared.events import LedgerEntry
from shared.settings import Settings
from tests.fakes.builders import ADA, AUCTION, open_state
from tests.fakes.world import World
from websocket_service.logic.authority import Caller
from websocket_service.logic.rules import rules_for

EXAMPLE = ROOT / "examples" / "ncaa-mens-2023"
CLOCK_MS = 15_000


def new_league(engine: Engine) -> str:
    """The auction of a new example league, in which nothing has happened."""
    members = (EXAMPLE / "members.csv").read_text(encoding="utf-8")
    emails = [line.split(",")[1] for line in members.splitlines()[1:]]
    files = LeagueFiles(
        teams_csv=(EXAMPLE / "teams.csv").read_text(encoding="utf-8"),
        members_csv=members,
        bundled_seeds=(16,),
    )
    request = ImportLeague(
        import_id=uuid4().hex,
        league_name="Chaos",
        tournament_name="2023",
        files=files,
        user_ids={email.lower(): f"user-{place}" for place, email in enumerate(emails)},
        rules=LeagueRules(clock_ms=CLOCK_MS, extension_ms=10_000),
    )
    return import_league(request, SqlLeagues(engine, new_id=lambda: uuid4().hex)).auction_id


def play(engine: Engine, auction_id: str, seed: int = 2023) -> list[LedgerEntry]:
    """Every event of an auction in which all lots come up, as its ledger has them."""
    projection = SqlAuctions(engine).open(OpenAuctionRequest(auction_id))
    chance, world = random.Random(seed), World()
    rules = rules_for(projection.rules, projection.members, Settings())
    world.catalogue.write(replace(projection, auction_id=AUCTION), rules)
    world.auctions.create(open_state())
    bidders = [
        Caller(AUCTION, member.number, member.name, "bidder", member.user_id)
        for member in projection.members
        if member.role == "bidder"
    ]
    for lot in projection.lots:
        _sell(world, lot, bidders, chance)
        if chance.random() < 0.1:
            _run(world, commands.ResetLot, lot_id=lot.lot_id)
            _sell(world, lot, bidders, chance)
    _run(world, commands.CloseAuction)
    return [replace(it, auction_id=auction_id) for it in world.ledger.events(AUCTION, 0, 100_000)]


def _sell(world: World, lot: Lot, bidders: list[Caller], chance: random.Random) -> None:
    _run(world, commands.NextLot, lot_id=lot.lot_id)
    for _ in range(chance.randrange(30)):
        world.clock.advance(chance.randrange(1_000))
        try:
            world.bid(
                chance.choice(bidders),
                world.lot.minimum_cents + chance.choice((0, 0, 0, 5_00)),
                lot_id=lot.lot_id,
            )
        except Refused:
            continue
        if chance.random() < 0.05:
            _run(world, commands.UndoBid, lot_id=lot.lot_id)
        if chance.random() < 0.03:
            _run(world, commands.Pause)
            _run(world, commands.Resume)
    _run(world, commands.Hammer, lot_id=lot.lot_id, forced=True)


def _run(world: World, kind: Any, **fields: Any) -> None:
    world.run(kind(request_id=world.new_request(), **fields), ADA)


def record(entry: LedgerEntry, *, body: str | None = None, delivery: int = 1) -> dict[str, Any]:
    """An entry as a record of the apply queue; `body` in place of its own."""
    return {
        "messageId": f"{entry.auction_id}-{entry.seq}",
        "receiptHandle": f"handle-{delivery}",
        "body": encode(entry).decode() if body is None else body,
        "attributes": {
            "MessageGroupId": entry.auction_id,
            "MessageDeduplicationId": f"{entry.auction_id}-{entry.seq}",
            "ApproximateReceiveCount": str(delivery),
        },
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:apply.fifo",
        "awsRegion": "us-east-1",
    }


def batches(records: list[dict[str, Any]], chance: random.Random) -> list[list[dict[str, Any]]]:
    """The records in batches of one to ten, as a queue hands them over."""
    left, cut = iter(records), []
    while batch := list(islice(left, chance.randint(1, 10))):
        cut.append(batch)
    return cut
