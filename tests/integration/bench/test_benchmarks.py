"""Each benchmark does its work, and checks that its peers do the same, with tiny sizes; nothing is
timed here."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest

from bench import bid, catch_up, cold_start, fan_out, lobby, night, sync
from bench.measuring import OURS, Findings
from bench.peers.bid_deciders import make_tables
from bench.scene.bidder import PEERS
from bench.scene.emulated import emulated_tables
from bench.scene.playing import Course
from chaos.databases import engine_of
from rds_bridge_service.adapters.migrating import migrate

pytestmark = pytest.mark.xdist_group("bench")


def figures(found: Findings, what: str) -> dict[str, float]:
    """The figures whose names end so, by whose they are."""
    return {it.of: it.value for it in found.figures if it.what.endswith(what)}


def test_bids_cost_one_write_and_no_read() -> None:
    found = Findings()
    with emulated_tables() as environment:
        make_tables(boto3.client("dynamodb"))
        bid.measure(found, bidders=2, bids=3, rounds=1, environment=environment)
    assert figures(found, "items written a decision")[OURS] == 1
    assert {it.peer for it in found.comparisons} == set(PEERS)
    assert all(it.reached for it in found.figures if it.goal)


def test_every_poster_reaches_the_same_connections() -> None:
    with fan_out.posting() as (endpoint, posters):
        found = fan_out.measure(endpoint, posters, size=3, rounds=1)
    peers = {fan_out.SEQUENCE, fan_out.POOLED, fan_out.AIO, fan_out.FLOOR}
    assert {it.peer for it in found} == peers


@pytest.mark.parametrize("handler", sorted(cold_start.GOALS))
def test_a_handler_and_its_peer_answer_alike(handler: str, scenery: cold_start.Scenery) -> None:
    starts = cold_start.starts_of(handler, scenery, rounds=1)
    assert {len(of) for of in starts.values()} == {1}


@pytest.fixture(scope="module")
def scenery() -> Iterator[cold_start.Scenery]:
    with cold_start.cold_scenery() as scenery:
        yield scenery


def test_both_ways_to_sql_write_the_same_rows(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('bench')}/calcutta.db"
    with engine_of(url) as engine:
        migrate(engine)
    peers = (sync.BY_ROW, sync.BY_EVENT)
    found = sync.measure("SQLite", url, size=60, peers=peers, rounds=1).comparisons
    assert tuple(it.peer for it in found) == peers


def test_who_reconnects_reads_no_more_as_the_auction_goes_on() -> None:
    items, calls = [], []
    with emulated_tables():
        for lots in (1, 2):
            auction_id = f"after-{lots}"
            seen = catch_up.prepare(auction_id, Course(lots=lots, bids=5, bidders=3))
            reads = catch_up.readers(auction_id, seen[0])
            found = catch_up.measure(seen, reads, clients=2, rounds=1)
            items.append(figures(found, "items for one client"))
            calls.append(figures(found, "calls for one client")[OURS])
    assert items[0][OURS] == items[1][OURS]
    assert items[0][catch_up.PEER] < items[1][catch_up.PEER]
    assert calls[0] == calls[1]


def test_a_night_tells_everybody_of_every_event_and_grows_with_its_auctions() -> None:
    found = night.measure(night.SMALL, times=(2,))
    assert figures(found, "posts")[OURS] == figures(found, "events")[OURS] * 8
    assert all(it.reached for it in found.figures if it.goal)


def test_a_crowd_is_let_in_in_its_order_and_the_origin_does_not_notice_how_many_wait() -> None:
    sizes = (lobby.Size(people=60, seats=10, turns=60), lobby.Size(people=300, seats=10, turns=30))
    found = lobby.measure(sizes)
    assert all(it.reached for it in found.figures if it.goal)
    few, many = (it for it in found.comparisons if lobby.WAIT in it.what)
    assert few.ours == many.ours
    assert few.theirs < many.theirs
    at_once = [it.ours for it in found.comparisons if "at once" in it.what]
    assert len(at_once) == len(sizes)
