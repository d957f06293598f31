from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.ledger import SqlLedger
from rds_bridge_service.adapters.quarantine import SqlQuarantine
from rds_bridge_service.logic.applying import EntryRefused, QueuedMessage, apply_messages
from rds_bridge_service.logic.redriving import redrive
from rds_bridge_service.logic.understanding import Cast
from shared.codec import encode
from shared.errors import NotFound
from shared.events import LedgerEntry
from shared.limits import MAX_QUARANTINE_PAGE
from shared.quarantine import ListQuarantine, Redrive, SetAside, ShowQuarantine
from tests.integration.rds_bridge.league import bid, entries, everything, new_auction, rows, sold

EVERY_TEXT = "\x00 \ud800 \N{PILE OF POO} \N{LATIN SMALL LETTER E WITH ACUTE} ' \" \\ % :x \n"


def record(payload: str = "?", auction_id: str | None = "a") -> SetAside:
    return SetAside("apply", "queue message 1", "why", payload, auction_id, 7)


def clock_at(now_ms: int, engine: Engine) -> SqlLedger:
    return SqlLedger(engine, now_ms=lambda: now_ms)


def listed(engine: Engine, auction_id: str | None = None) -> list[str]:
    rows = SqlQuarantine(engine).list(ListQuarantine(auction_id)).rows
    return [it.quarantine_id for it in rows]


@pytest.mark.parametrize("payload", ["", EVERY_TEXT, "x" * 300_000], ids=["none", "any", "long"])
def test_a_record_is_kept_whole(engine: Engine, payload: str) -> None:
    clock_at(5, engine).append([], [record(payload)])
    kept = SqlQuarantine(engine).show(ShowQuarantine(record(payload).quarantine_id))
    assert (kept.payload, kept.source, kept.origin) == (payload, "apply", "queue message 1")
    assert (kept.reason, kept.auction_id, kept.seq) == ("why", "a", 7)
    assert (kept.set_aside_ms, kept.redriven_ms) == (5, None)


def test_what_else_is_said_is_cut_to_what_fits(engine: Engine) -> None:
    odd = SetAside("relay", EVERY_TEXT * 50, EVERY_TEXT * 50, "?", "a" * 128, 2**80)
    clock_at(5, engine).append([], [odd])
    kept = SqlQuarantine(engine).show(ShowQuarantine(odd.quarantine_id))
    assert (len(kept.reason), kept.auction_id, kept.seq) == (500, "a" * 64, None)


def test_the_same_record_again_is_the_same_row(engine: Engine) -> None:
    clock_at(5, engine).append([], [record(), record()])
    clock_at(6, engine).append([], [record()])
    [row] = SqlQuarantine(engine).list(ListQuarantine()).rows
    assert row.set_aside_ms == 5


def test_records_are_listed_oldest_first_and_without_payload(engine: Engine) -> None:
    first, second = record("1"), record("2")
    clock_at(6, engine).append([], [second])
    clock_at(5, engine).append([], [first])
    page = SqlQuarantine(engine).list(ListQuarantine())
    assert [it.quarantine_id for it in page.rows] == [first.quarantine_id, second.quarantine_id]
    assert {it.payload for it in page.rows} == {""}


def test_records_of_one_auction_are_listed(engine: Engine) -> None:
    clock_at(5, engine).append([], [record("1", "a"), record("2", "b"), record("3", None)])
    assert listed(engine, "b") == [record("2").quarantine_id]


def test_a_list_ends_and_counts_all_that_wait(engine: Engine) -> None:
    many = [record(str(n)) for n in range(MAX_QUARANTINE_PAGE + 1)]
    clock_at(5, engine).append([], many)
    page = SqlQuarantine(engine).list(ListQuarantine())
    assert (len(page.rows), page.waiting) == (MAX_QUARANTINE_PAGE, MAX_QUARANTINE_PAGE + 1)


def test_what_was_released_is_listed_only_if_asked_for(engine: Engine) -> None:
    clock_at(5, engine).append([], [record()])
    SqlQuarantine(engine).release(record().quarantine_id, 9)
    SqlQuarantine(engine).release(record().quarantine_id, 10)
    assert listed(engine) == []
    [row] = SqlQuarantine(engine).list(ListQuarantine(redriven=True)).rows
    assert row.redriven_ms == 9


def test_an_unknown_record_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFound):
        SqlQuarantine(engine).show(ShowQuarantine("nowhere"))


def test_entries_and_records_are_written_together_or_not_at_all(
    engine: Engine, auction_id: str
) -> None:
    with pytest.raises(EntryRefused):
        SqlLedger(engine).append(entries("nowhere", [bid()]), [record()])
    assert listed(engine) == []


def test_one_that_the_database_refuses_is_set_aside_alone(engine: Engine, auction_id: str) -> None:
    """The cast lies: it knows a lot that the database does not."""
    history = entries(auction_id, [bid(), bid("L99"), sold()])
    [cast] = SqlLedger(engine).casts(history).values()
    lying = _Lying(engine, {auction_id: Cast(cast.lot_ids | {"L99"}, cast.members)})
    applied = apply_messages([_message(it) for it in history], lying)
    assert applied.failures == ()
    assert [it.seq for it in applied.set_aside] == [2]
    assert {row[0] for row in rows(engine, tables.auction_event, auction_id)} == {1, 3}


class _Lying(SqlLedger):
    def __init__(self, engine: Engine, casts: dict[str, Cast]) -> None:
        super().__init__(engine)
        self._lies = casts

    def casts(self, entries: Sequence[LedgerEntry]) -> dict[str, Cast]:
        return self._lies


def _message(entry: LedgerEntry) -> QueuedMessage:
    body = encode(entry).decode()
    return QueuedMessage(
        f"m{entry.seq}", entry.auction_id, body, f"queue message m{entry.seq}", entry.seq
    )


def test_one_poisonous_message_in_a_thousand_is_redriven_once_it_is_repaired(
    engine: Engine, auction_id: str
) -> None:
    history = entries(auction_id, [bid(cents=100 * n) for n in range(1, 1_001)])
    messages = [_message(it) for it in history]
    poison = QueuedMessage("m500", auction_id, messages[499].body[:-9], "queue message m500", 500)
    ledger = SqlLedger(engine)
    delivered = [*messages[:499], poison, *messages[500:]]
    for start in range(0, 1_000, 10):
        assert apply_messages(delivered[start : start + 10], ledger).failures == ()
    assert len(rows(engine, tables.auction_event, auction_id)) == 999
    [row] = SqlQuarantine(engine).list(ListQuarantine(auction_id=auction_id)).rows
    assert (row.seq, row.reason.partition(":")[0]) == (500, "not a ledger entry")

    assert not redrive(Redrive(row.quarantine_id), SqlQuarantine(engine), ledger, 9).applied
    repaired = Redrive(row.quarantine_id, payload=messages[499].body)
    assert redrive(repaired, SqlQuarantine(engine), ledger, 9).applied

    whole = new_auction(engine)
    ledger.append(entries(whole, [it.event for it in history]))
    assert everything(engine, auction_id) == everything(engine, whole)
    assert listed(engine) == []
