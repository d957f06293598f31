import hashlib

import pytest
from msgspec.structs import replace

from shared.auction import Member
from shared.bridge import MemberNow
from shared.errors import NotFound, TicketRefused
from shared.limits import TICKET_LIFETIME_MS
from tests.fakes.auctions import MemoryAuctions
from tests.fakes.builders import AUCTION, MEMBERS, open_state, projection
from tests.fakes.clock import Clock
from tests.fakes.connections import MemoryTickets
from tests.fakes.queues import MemoryBridge
from websocket_service.logic.ports import Ticket
from websocket_service.logic.tickets import find_member, issue_ticket, use_ticket

CLEO = MEMBERS[2]


class Booth:
    """Where tickets are issued and used."""

    def __init__(self) -> None:
        self.clock, self.tickets = Clock(), MemoryTickets()

    def issue(self, auction_id: str = AUCTION, user_id: str = CLEO.user_id) -> tuple[str, int]:
        return issue_ticket(
            auction_id,
            user_id,
            tickets=self.tickets,
            find_member=MemoryBridge(projection()).find_member,
            now_ms=self.clock,
        )

    def use(self, secret: str, auction_id: str = AUCTION) -> Ticket:
        return use_ticket(secret, auction_id, tickets=self.tickets, now_ms=self.clock())


def test_a_ticket_stands_for_the_member_who_got_it() -> None:
    booth = Booth()
    secret, expires_at_ms = booth.issue()
    assert booth.use(secret) == Ticket(AUCTION, CLEO, expires_at_ms)


def test_a_ticket_is_good_for_thirty_seconds() -> None:
    booth = Booth()
    secret, expires_at_ms = booth.issue()
    assert expires_at_ms == booth.clock() + TICKET_LIFETIME_MS
    booth.clock.advance(TICKET_LIFETIME_MS - 1)
    booth.use(secret)


def test_an_expired_ticket_is_refused() -> None:
    booth = Booth()
    secret, _ = booth.issue()
    booth.clock.advance(TICKET_LIFETIME_MS)
    with pytest.raises(TicketRefused):
        booth.use(secret)


def test_a_ticket_is_used_once() -> None:
    booth = Booth()
    secret, _ = booth.issue()
    booth.use(secret)
    with pytest.raises(TicketRefused):
        booth.use(secret)


def test_a_ticket_for_another_auction_is_refused_and_not_used_up() -> None:
    booth = Booth()
    secret, _ = booth.issue()
    with pytest.raises(TicketRefused):
        booth.use(secret, "another")
    booth.use(secret)


@pytest.mark.parametrize("secret", ["", "guess", "\x00", "ü" * 10_000])
def test_a_ticket_that_was_never_issued_is_refused(secret: str) -> None:
    with pytest.raises(TicketRefused):
        Booth().use(secret)


def test_only_the_hash_of_a_ticket_is_stored() -> None:
    booth = Booth()
    secret, _ = booth.issue()
    assert [*booth.tickets.stored] == [hashlib.sha256(secret.encode()).hexdigest()]
    assert secret not in repr(booth.tickets.stored)


def test_the_stored_hash_does_not_open_anything() -> None:
    booth = Booth()
    booth.issue()
    (stored,) = booth.tickets.stored
    with pytest.raises(TicketRefused):
        booth.use(stored)


def test_two_tickets_are_never_the_same() -> None:
    booth = Booth()
    assert booth.issue()[0] != booth.issue()[0]


def test_whether_the_auction_or_the_membership_is_missing_is_not_told() -> None:
    answers = set()
    for auction_id, user_id in [("another", CLEO.user_id), (AUCTION, "stranger")]:
        with pytest.raises(NotFound) as caught:
            Booth().issue(auction_id, user_id)
        answers.add(caught.value.message)
    assert len(answers) == 1


def test_who_is_no_member_leaves_no_ticket() -> None:
    booth = Booth()
    with pytest.raises(NotFound):
        booth.issue(user_id="stranger")
    assert booth.tickets.stored == {}


@pytest.mark.parametrize("text", ["", "a b", "a\n", "x" * 2_049, "🏀", "\ud800", "../auction-1"])
def test_what_no_id_can_be_is_never_looked_up(text: str) -> None:
    def looked_up(*_: str) -> Member:
        raise AssertionError("DynamoDB fails on some of these")

    booth = Booth()
    for auction_id, user_id in ((text, CLEO.user_id), (AUCTION, text)):
        with pytest.raises(NotFound):
            issue_ticket(
                auction_id,
                user_id,
                tickets=booth.tickets,
                find_member=looked_up,
                now_ms=booth.clock,
            )
    with pytest.raises(TicketRefused):
        booth.use("secret", text)
    with pytest.raises(TicketRefused):
        booth.use(text)


class Door:
    """Where it is found out who somebody is.

    Args:
        told: the member whom the live auction was told of.
    """

    def __init__(self, told: MemberNow | None, *, is_open: bool) -> None:
        self.bridge = MemoryBridge(projection())
        self._told = told
        self._auctions = MemoryAuctions(stream=lambda _: None)
        if is_open:
            self._auctions.create(open_state())

    def find(self, auction_id: str, user_id: str) -> MemberNow | None:
        return self._told

    def member(self) -> Member:
        return find_member(
            AUCTION, CLEO.user_id, roll=self, auctions=self._auctions, bridge=lambda: self.bridge
        )


@pytest.mark.parametrize("is_open", [True, False])
def test_whom_the_live_auction_knows_the_database_is_not_asked_about(is_open: bool) -> None:
    told = replace(CLEO, name="Another name")
    door = Door(told, is_open=is_open)
    assert (door.member(), door.bridge.calls) == (told, 0)


@pytest.mark.parametrize("told", [None, replace(CLEO, active=False)])
def test_once_the_auction_is_open_it_knows_by_itself_who_is_no_member(
    told: MemberNow | None,
) -> None:
    door = Door(told, is_open=True)
    with pytest.raises(NotFound):
        door.member()
    assert door.bridge.calls == 0


@pytest.mark.parametrize("told", [None, replace(CLEO, active=False)])
def test_before_the_auction_is_open_the_database_says_who_is_a_member(
    told: MemberNow | None,
) -> None:
    door = Door(told, is_open=False)
    assert (door.member(), door.bridge.calls) == (CLEO, 1)
