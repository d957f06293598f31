from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rds_bridge_service.logic.applying import Cast, QueuedMessage, apply_messages
from shared.codec import encode
from shared.events import (
    AnyEvent,
    AuctionClosed,
    BidPlaced,
    BidUndone,
    LedgerEntry,
    LotOpened,
    LotReset,
    LotSold,
)


class InMemoryLedger:
    """Knows the auctions a and b, each with the lot L01 and the members 0 and 1."""

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []

    def casts(self, auction_ids: set[str]) -> Mapping[str, Cast]:
        cast = Cast(lot_ids=frozenset({"L01"}), members=frozenset({0, 1}))
        return {auction_id: cast for auction_id in auction_ids if auction_id in {"a", "b"}}

    def append(self, entries: Sequence[LedgerEntry]) -> None:
        self.entries += entries


CLOSED = AuctionClosed(at_ms=1)


def message(
    auction_id: str, seq: int, event: AnyEvent = CLOSED, *, body: str | None = None
) -> QueuedMessage:
    entry = LedgerEntry(auction_id=auction_id, seq=seq, event=event)
    return QueuedMessage(
        message_id=f"{auction_id}{seq}",
        group=auction_id,
        body=encode(entry).decode() if body is None else body,
    )


def apply(*messages: QueuedMessage) -> tuple[list[tuple[str, int]], dict[str, str]]:
    """What was written, and what was not and why."""
    ledger = InMemoryLedger()
    failures = apply_messages(messages, ledger)
    written = [(it.auction_id, it.seq) for it in ledger.entries]
    return written, {it.message_id: it.reason for it in failures}


def test_what_can_be_understood_is_written() -> None:
    assert apply(message("a", 1), message("b", 1)) == ([("a", 1), ("b", 1)], {})


def test_an_empty_batch_is_fine() -> None:
    assert apply() == ([], {})


@pytest.mark.parametrize(
    "body",
    ["", "null", "{}", "[", "\ud800", '{"auction_id":"a","seq":1}',
     '{"auction_id":"a","seq":1,"event":{"type":"nova","at_ms":1}}',
     '{"auction_id":"a","seq":-1,"event":{"type":"auction_closed","at_ms":1}}',
     "[" * 100_000],
)  # fmt: skip
def test_a_message_that_is_no_ledger_entry_has_to_come_again(body: str) -> None:
    written, failures = apply(message("a", 1, body=body))
    assert written == []
    assert failures["a1"].startswith("not a ledger entry: ")


def test_an_unknown_auction_is_not_taken_for_success() -> None:
    assert apply(message("c", 1)) == ([], {"c1": "the auction is unknown"})


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (LotOpened(at_ms=1, lot_id="L99", minimum_cents=1, deadline_ms=1, rules_version=1),
         "the lot is unknown"),
        (LotSold(at_ms=1, lot_id="L01", owner=9, price_cents=1), "the member is unknown"),
        (LotReset(at_ms=1, lot_id="L01", owner=9), "the member is unknown"),
        (BidPlaced(at_ms=1, lot_id="L01", bidder=9, amount_cents=1, minimum_cents=1,
                   extended_to_ms=1), "the member is unknown"),
        (BidUndone(at_ms=1, lot_id="L01", bidder=9, amount_cents=1, minimum_cents=1,
                   extended_to_ms=1), "the member is unknown"),
    ],
)  # fmt: skip
def test_an_event_about_someone_or_something_else_is_not_written(
    event: AnyEvent, reason: str
) -> None:
    assert apply(message("a", 1, event)) == ([], {"a1": reason})


def test_a_reset_of_a_lot_that_nobody_owned_is_written() -> None:
    assert apply(message("a", 1, LotReset(at_ms=1, lot_id="L01"))) == ([("a", 1)], {})


def test_after_a_failure_the_rest_of_its_group_has_to_come_again_and_others_go_on() -> None:
    written, failures = apply(
        message("a", 1), message("a", 2, body="?"), message("b", 1), message("a", 3)
    )
    assert written == [("a", 1), ("b", 1)]
    assert set(failures) == {"a2", "a3"}
    assert failures["a3"] == "an earlier message of its group failed"


@given(good=st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.booleans()), max_size=10))
def test_every_message_is_either_written_or_has_to_come_again(
    good: list[tuple[str, bool]],
) -> None:
    messages = [
        message(auction_id, seq, body=None if understood else "?")
        for seq, (auction_id, understood) in enumerate(good)
    ]
    written, failures = apply(*messages)
    assert len(written) + len(failures) == len(messages)
    assert {f"{auction_id}{seq}" for auction_id, seq in written}.isdisjoint(failures)
