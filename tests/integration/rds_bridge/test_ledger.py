import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from rds_bridge_service.adapters import ledger as module
from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.ledger import SqlLedger
from rds_bridge_service.logic.understanding import Cast
from shared.bridge import ListEvents
from shared.codec import decode_event
from shared.errors import NotFound
from shared.events import AnyEvent, AuctionClosed, AuctionReopened, LedgerEntry
from shared.limits import MAX_EVENTS_PAGE
from tests.integration.rds_bridge.league import (
    LOT_IDS,
    bid,
    entries,
    events,
    everything,
    in_batches,
    new_auction,
    reset,
    rows,
    sold,
)


def test_an_event_is_kept_whole(engine: Engine, auction_id: str) -> None:
    SqlLedger(engine).append(entries(auction_id, [bid()]))
    [(*columns, body)] = rows(engine, tables.auction_event, auction_id)
    assert columns == [1, "bid_placed", 1_700_000_000_000, 1, "r1"]
    assert decode_event(body) == bid()


def test_a_bid_is_kept_as_a_bid(engine: Engine, auction_id: str) -> None:
    SqlLedger(engine).append(entries(auction_id, [bid("L01", 100_000_000_000)]))
    assert rows(engine, tables.bid, auction_id) == {(1, "L01", 1, 100_000_000_000)}


def test_a_sale_stands_until_its_lot_is_reset(engine: Engine, auction_id: str) -> None:
    ledger = SqlLedger(engine)
    history = entries(auction_id, [sold(), reset(), sold(cents=700)])
    ledger.append(history[:1])
    assert rows(engine, tables.sale, auction_id) == {("L01", 1, "sold", 1, 500)}
    ledger.append(history[1:2])
    assert rows(engine, tables.sale, auction_id) == {("L01", 2, "void", None, None)}
    ledger.append(history[2:])
    assert rows(engine, tables.sale, auction_id) == {("L01", 3, "sold", 1, 700)}


def test_a_late_sale_does_not_undo_the_reset_after_it(engine: Engine, auction_id: str) -> None:
    sale, its_reset = entries(auction_id, [sold(), reset()])
    SqlLedger(engine).append([its_reset])
    SqlLedger(engine).append([sale])
    assert rows(engine, tables.sale, auction_id) == {("L01", 2, "void", None, None)}


@pytest.mark.parametrize(
    ("happened", "status"),
    [([AuctionClosed(at_ms=1)], "closed"),
     ([AuctionClosed(at_ms=1), AuctionReopened(at_ms=2)], "open")],
)  # fmt: skip
def test_closing_and_reopening_is_the_auctions_status(
    engine: Engine, auction_id: str, happened: list[AnyEvent], status: str
) -> None:
    SqlLedger(engine).append(entries(auction_id, happened))
    [row] = rows(engine, tables.auction, auction_id)
    assert row[1:] == (status, len(happened))


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(happened=events, data=st.data())
def test_no_order_repetition_or_cut_of_the_messages_shows_in_the_tables(
    engine: Engine, happened: list[AnyEvent], data: st.DataObject
) -> None:
    one_by_one, jumbled = new_auction(engine), new_auction(engine)
    for entry in entries(one_by_one, happened):
        SqlLedger(engine).append([entry])

    history = entries(jumbled, happened)
    repeated = data.draw(st.lists(st.sampled_from(history), max_size=10))
    delivered = data.draw(st.permutations(history + repeated))
    sizes = data.draw(st.lists(st.integers(1, 10), min_size=1, max_size=4))
    for batch in in_batches(delivered, sizes):
        SqlLedger(engine).append(batch)

    assert everything(engine, jumbled) == everything(engine, one_by_one)


def test_a_batch_is_written_whole_or_not_at_all(
    engine: Engine, auction_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise ConnectionError("lost")

    before = everything(engine, auction_id)
    with monkeypatch.context() as broken:
        broken.setattr(module, "_put_sale", lost)
        with pytest.raises(ConnectionError):
            SqlLedger(engine).append(entries(auction_id, [bid(), sold()]))
    assert everything(engine, auction_id) == before


def test_an_event_that_is_there_already_does_not_keep_the_new_ones_of_its_batch_out(
    engine: Engine, auction_id: str
) -> None:
    history = entries(auction_id, [bid(), sold()])
    SqlLedger(engine).append(history[:1])
    SqlLedger(engine).append(history)
    assert {row[0] for row in rows(engine, tables.auction_event, auction_id)} == {1, 2}
    assert rows(engine, tables.sale, auction_id) == {("L01", 2, "sold", 1, 500)}


def test_losing_a_race_for_a_row_is_not_losing_the_batch(
    engine: Engine, auction_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other applier commits the same event after this one has looked for it."""
    history = entries(auction_id, [bid(), sold()])
    SqlLedger(engine).append(history[:1])
    look = module._known
    blind = [set[tuple[str, int]]()]

    def looked_too_early(
        connection: Connection, keys: dict[tuple[str, int], LedgerEntry]
    ) -> set[tuple[str, int]]:
        return blind.pop() if blind else look(connection, keys)

    monkeypatch.setattr(module, "_known", looked_too_early)
    SqlLedger(engine).append(history)
    assert not blind
    assert {row[0] for row in rows(engine, tables.auction_event, auction_id)} == {1, 2}
    assert rows(engine, tables.sale, auction_id) == {("L01", 2, "sold", 1, 500)}


def test_a_cast_is_the_lots_and_members_of_an_auction(engine: Engine, auction_id: str) -> None:
    here, nowhere = entries(auction_id, [bid()]), entries("nowhere", [bid()])
    assert SqlLedger(engine).casts([*here, *nowhere]) == {
        auction_id: Cast(lot_ids=frozenset(LOT_IDS), members=frozenset({0, 1}))
    }


def test_events_are_listed_in_their_order(engine: Engine, auction_id: str) -> None:
    history = entries(auction_id, [bid(), sold(), reset()])
    SqlLedger(engine).append(random.Random(1).sample(history, 3))
    page = SqlLedger(engine).list_events(ListEvents(auction_id))
    assert (list(page.entries), page.more) == (history, False)


def test_events_are_listed_after_a_seq(engine: Engine, auction_id: str) -> None:
    history = entries(auction_id, [bid(), sold(), reset()])
    SqlLedger(engine).append(history)
    assert list(SqlLedger(engine).list_events(ListEvents(auction_id, 2)).entries) == history[2:]


def test_events_come_a_page_at_a_time(engine: Engine, auction_id: str) -> None:
    history = entries(auction_id, [bid()] * (MAX_EVENTS_PAGE + 1))
    for batch in in_batches(history, [500]):
        SqlLedger(engine).append(batch)
    first = SqlLedger(engine).list_events(ListEvents(auction_id))
    rest = SqlLedger(engine).list_events(ListEvents(auction_id, first.entries[-1].seq))
    assert (len(first.entries), first.more) == (MAX_EVENTS_PAGE, True)
    assert (len(rest.entries), rest.more) == (1, False)


def test_an_unknown_auction_has_no_events(engine: Engine) -> None:
    with pytest.raises(NotFound):
        SqlLedger(engine).list_events(ListEvents("nowhere"))
