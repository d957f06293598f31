from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rds_bridge_service.logic.applying import (
    AppendError,
    EntryFailed,
    EntryRefused,
    QueuedMessage,
    apply_messages,
)
from rds_bridge_service.logic.understanding import Cast
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
from shared.quarantine import SetAside, SetAsideMessage

Trouble = Mapping[tuple[str, int], AppendError]
NONE: Trouble = MappingProxyType({})


class InMemoryLedger:
    """Knows the auctions a and b, each with the lot L01 and the members 0 and 1.

    Args:
        trouble: what happens to a transaction that has this place in it.
    """

    def __init__(self, trouble: Trouble = NONE) -> None:
        self.entries: list[LedgerEntry] = []
        self.quarantine: list[SetAside] = []
        self._trouble = trouble

    def casts(self, entries: Sequence[LedgerEntry]) -> Mapping[str, Cast]:
        cast = Cast(lot_ids=frozenset({"L01"}), members=frozenset({0, 1}))
        return {it.auction_id: cast for it in entries if it.auction_id in {"a", "b"}}

    def append(self, entries: Sequence[LedgerEntry], set_aside: Sequence[SetAside] = ()) -> None:
        for it in entries:
            if error := self._trouble.get((it.auction_id, it.seq)):
                raise error
        self.entries += entries
        self.quarantine += set_aside


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


def apply(
    *messages: QueuedMessage, trouble: Trouble = NONE
) -> tuple[list[tuple[str, int]], dict[str, str], dict[str, str]]:
    """What was written; what was set aside, by payload, and why; what comes again, and why."""
    ledger = InMemoryLedger(trouble)
    applied = apply_messages(messages, ledger)
    assert tuple(ledger.quarantine) == applied.set_aside
    assert [it.entry for it in applied.written] == ledger.entries
    return (
        [(it.auction_id, it.seq) for it in ledger.entries],
        {it.payload: it.reason for it in ledger.quarantine},
        {it.message_id: it.reason for it in applied.failures},
    )


def test_what_can_be_understood_is_written() -> None:
    assert apply(message("a", 1), message("b", 1)) == ([("a", 1), ("b", 1)], {}, {})


def test_an_empty_batch_is_fine() -> None:
    assert apply() == ([], {}, {})


@pytest.mark.parametrize(
    "body",
    ["", "null", "{}", "[", "\ud800", '{"auction_id":"a","seq":1}',
     '{"auction_id":"a","seq":1,"event":{"type":"nova","at_ms":1}}',
     '{"auction_id":"a","seq":-1,"event":{"type":"auction_closed","at_ms":1}}',
     '{"set_aside":{}}', "[" * 100_000],
)  # fmt: skip
def test_a_message_that_is_no_ledger_entry_is_set_aside_whole(body: str) -> None:
    written, aside, failures = apply(message("a", 1, body=body), message("a", 2))
    assert (written, failures) == ([("a", 2)], {})
    assert aside[body].startswith("not a ledger entry: ")


def test_what_is_set_aside_says_where_it_came_from_and_belongs() -> None:
    poison = QueuedMessage("m1", group="a", body="?", origin="queue message m1", seq=7)
    [it] = apply_messages([poison], InMemoryLedger()).set_aside
    assert (it.source, it.origin, it.auction_id, it.seq) == ("apply", "queue message m1", "a", 7)


def test_what_the_relay_had_set_aside_is_kept_as_it_is() -> None:
    record = SetAside(source="relay", origin="stream", reason="no event", payload="{}")
    body = encode(SetAsideMessage(record)).decode()
    assert apply(message("a", 1, body=body)) == ([], {"{}": "no event"}, {})


def test_an_unknown_auction_is_not_taken_for_success() -> None:
    written, aside, failures = apply(message("c", 1))
    assert (written, list(aside.values()), failures) == ([], ["the auction is unknown"], {})


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
def test_an_event_about_someone_or_something_else_is_set_aside(
    event: AnyEvent, reason: str
) -> None:
    written, aside, _ = apply(message("a", 1, event))
    assert (written, list(aside.values())) == ([], [reason])


def test_a_reset_of_a_lot_that_nobody_owned_is_written() -> None:
    assert apply(message("a", 1, LotReset(at_ms=1, lot_id="L01"))) == ([("a", 1)], {}, {})


def test_what_stands_behind_a_poisonous_message_does_not_wait_for_it() -> None:
    written, aside, failures = apply(
        message("a", 1), message("a", 2, body="?"), message("b", 1), message("a", 3)
    )
    assert written == [("a", 1), ("b", 1), ("a", 3)]
    assert (list(aside), failures) == (["?"], {})


def test_an_entry_that_the_database_refuses_is_set_aside_and_the_others_are_written() -> None:
    written, aside, failures = apply(
        message("a", 1), message("a", 2), message("a", 3), message("b", 1, body="?"),
        trouble={("a", 2): EntryRefused("too long")},
    )  # fmt: skip
    assert written == [("a", 1), ("a", 3)]
    assert list(aside.values())[1:] == ["the database refused it: too long"]
    assert failures == {}


def test_after_an_unforeseen_failure_the_rest_of_its_group_comes_again_and_others_go_on() -> None:
    written, aside, failures = apply(
        message("a", 1), message("a", 2), message("b", 1), message("a", 3),
        trouble={("a", 2): EntryFailed("who knows")},
    )  # fmt: skip
    assert written == [("a", 1), ("b", 1)]
    assert aside == {}
    assert failures == {"a2": "who knows", "a3": "an earlier message of its group failed"}


def test_a_database_that_cannot_be_reached_fails_the_whole_batch() -> None:
    class Unreachable(InMemoryLedger):
        def append(self, *_: object) -> None:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        apply_messages([message("a", 1)], Unreachable())


@given(
    good=st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.booleans()), max_size=10),
    trouble=st.dictionaries(
        st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 9)),
        st.sampled_from([EntryRefused("no"), EntryFailed("who knows")]),
    ),
)
def test_every_message_is_written_or_set_aside_or_has_to_come_again(
    good: list[tuple[str, bool]], trouble: dict[tuple[str, int], AppendError]
) -> None:
    messages = [
        message(auction_id, seq, body=None if understood else f"? {seq}")
        for seq, (auction_id, understood) in enumerate(good)
    ]
    written, aside, failures = apply(*messages, trouble=trouble)
    assert len(written) + len(aside) + len(failures) == len(messages)
    assert {f"{auction_id}{seq}" for auction_id, seq in written}.isdisjoint(failures)
