"""Eight processes bid against each other, on a DynamoDB emulator, and a ninth runs the auction."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context

import boto3
import pytest

from local.emulator import running_emulator
from shared.auction import Rules
from shared.codec import encode
from shared.events import AnyEvent, BidPlaced, LedgerEntry, LotOpened, LotSold
from tests.integration.websocket import world
from tests.integration.websocket.bidding_process import Report, bid_until_closed, run_the_auction
from tests.integration.websocket.world import live
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.stream import read_record
from websocket_service.adapters.tables import MODELS, AuctionRow
from websocket_service.logic.state import AuctionState

BIDDERS = 8
LOTS = 4
CLOCK_MS, EXTENSION_MS, BUDGET = 1_500, 250, 150_00


class Played:
    """An auction that is over: its events by the stream, what each process says, the end."""

    def __init__(self, events: dict[int, AnyEvent], reports: list[Report], end: AuctionState):
        self.events = events
        self.reports = reports
        self.end = end

    @property
    def bids(self) -> list[BidPlaced]:
        return [event for event in self.events.values() if isinstance(event, BidPlaced)]


@pytest.fixture(scope="module")
def played() -> Iterator[Played]:
    with running_emulator() as emulator, pytest.MonkeyPatch.context() as patch:
        environment = {
            "AWS_ENDPOINT_URL": emulator.endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(
            world,
            "RULES",
            Rules(
                version=1,
                bid_rules=world.RULES.bid_rules,
                clock_ms=CLOCK_MS,
                extension_ms=EXTENSION_MS,
                budget_cents=BUDGET,
            ),
        )
        patch.setattr(AuctionRow.Meta, "stream_view_type", "NEW_AND_OLD_IMAGES", raising=False)
        for model in MODELS.values():
            patch.setattr(model, "_connection", None)
            model.create_table(billing_mode="PAY_PER_REQUEST")
        world.open_auction(lot_count=LOTS, member_count=BIDDERS + 1)
        lots = [f"L{n:02}" for n in range(1, LOTS + 1)]
        with ProcessPoolExecutor(BIDDERS + 1, mp_context=get_context("spawn")) as processes:
            bidding = [
                processes.submit(bid_until_closed, number, environment)
                for number in range(1, BIDDERS + 1)
            ]
            running = processes.submit(run_the_auction, lots, environment)
            reports = [future.result() for future in (running, *bidding)]
        end = DynamoAuctions(live()).read(world.AUCTION)
        assert end is not None
        yield Played(read_stream(), reports, end)


def read_stream() -> dict[int, AnyEvent]:
    """Every event that left the table, by seq; fails if one left twice."""
    streams = boto3.client("dynamodbstreams")
    [stream] = streams.list_streams(TableName=AuctionRow.Meta.table_name)["Streams"]
    description = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]
    events: dict[int, AnyEvent] = {}
    for shard in description["Shards"]:
        iterator = streams.get_shard_iterator(
            StreamArn=stream["StreamArn"],
            ShardId=shard["ShardId"],
            ShardIteratorType="TRIM_HORIZON",
        )["ShardIterator"]
        while iterator:
            page = streams.get_records(ShardIterator=iterator)
            for entry in (read_record(it).found for it in page["Records"]):
                if entry is None:
                    continue
                assert isinstance(entry, LedgerEntry)
                assert entry.seq not in events
                events[entry.seq] = entry.event
            iterator = page.get("NextShardIterator") if page["Records"] else None
    return events


def test_the_bidders_really_met(played: Played) -> None:
    assert all(report.accepted for report in played.reports)
    codes = [code for report in played.reports for _, code, _ in report.refused]
    assert {"bid_too_low", "over_budget", "lot_not_up"} <= set(codes)


def test_seq_has_no_gap_and_no_duplicate(played: Played) -> None:
    told = [seq for report in played.reports for seq, _ in report.accepted]
    assert sorted(told) == list(range(2, played.end.seq + 1))
    assert sorted(played.events) == list(range(1, played.end.seq + 1))


def test_the_stream_has_every_event_as_its_process_knows_it(played: Played) -> None:
    for report in played.reports:
        for seq, event in report.accepted:
            assert encode(played.events[seq]) == encode(event)


def test_each_lot_goes_to_its_highest_bid(played: Played) -> None:
    sales = [event for event in played.events.values() if isinstance(event, LotSold)]
    assert len(sales) == LOTS
    for sale in sales:
        bids = [bid for bid in played.bids if bid.lot_id == sale.lot_id]
        highest = max(bids, key=lambda bid: bid.amount_cents)
        assert (sale.owner, sale.price_cents) == (highest.bidder, highest.amount_cents)


def test_a_bid_is_refused_as_too_low_only_below_the_minimum_it_is_told(played: Played) -> None:
    for report in played.reports:
        for bid, code, minimum in report.refused:
            if code == "bid_too_low":
                assert minimum is not None
                assert bid.amount_cents < minimum


def test_each_bid_beats_the_one_before_by_its_tiers_increment(played: Played) -> None:
    for before, after in pairwise(played.bids):
        if before.lot_id == after.lot_id:
            assert after.amount_cents >= before.minimum_cents


def test_no_bid_stands_at_or_after_its_deadline(played: Played) -> None:
    deadline = 0
    for seq in sorted(played.events):
        match played.events[seq]:
            case LotOpened() as opened:
                deadline = base = opened.deadline_ms
            case BidPlaced() as bid:
                assert bid.at_ms < deadline
                deadline = max(base, bid.extended_to_ms)
            case LotSold() as sold:
                assert sold.at_ms >= deadline


def test_nobody_spends_or_bids_over_budget(played: Played) -> None:
    spent: dict[int, int] = {}
    for seq in sorted(played.events):
        match played.events[seq]:
            case BidPlaced() as bid:
                assert spent.get(bid.bidder, 0) + bid.amount_cents <= BUDGET
            case LotSold() as sold:
                spent[sold.owner] = spent.get(sold.owner, 0) + sold.price_cents
    assert spent == played.end.spent
