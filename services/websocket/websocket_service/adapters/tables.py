"""The tables of the live auction, as PynamoDB models.

`AuctionRow` is the serialization point: its attributes have short names, because each write is
billed and throttled by the item's size; it stays under 1 KB with 300 members. `bind` gives the
models their table names, once per container.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    ListAttribute,
    MapAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import AllProjection, LocalSecondaryIndex
from pynamodb.models import Model


class AuctionRow(Model):
    """One auction: where it stands and the latest thing that happened to it."""

    class Meta:
        table_name = "auctions"
        stream_view_type = "NEW_AND_OLD_IMAGES"

    auction_id = UnicodeAttribute(hash_key=True, attr_name="id")
    status = UnicodeAttribute(attr_name="st")
    rules_version = NumberAttribute(attr_name="rv")
    seq = NumberAttribute(attr_name="n")
    last_event = UnicodeAttribute(attr_name="ev")
    """The event of change `seq`, as JSON."""
    spent: MapAttribute[str, Any] = MapAttribute(attr_name="sp")
    """Member number → cents, only of members who bought something."""
    recent: ListAttribute[Any] = ListAttribute(attr_name="q")
    """Digests of the requests behind the latest changes, newest first; a shift register."""
    audience = NumberAttribute(attr_name="au", default=0)
    """How many connections were made so far: a change tells a warm Lambda to list them again."""

    trace = BinaryAttribute(attr_name="tr", null=True, legacy_encoding=False)
    """The X-Ray trace of change `seq`, where it is recorded: see `adapters.traces`."""

    lot_id = UnicodeAttribute(attr_name="lot", null=True)
    opened_seq = NumberAttribute(attr_name="ln", null=True)
    minimum_cents = NumberAttribute(attr_name="min", null=True)
    base_deadline_ms = NumberAttribute(attr_name="d0", null=True)
    extended_to_ms = NumberAttribute(attr_name="d1", null=True)
    remaining_ms = NumberAttribute(attr_name="rem", null=True)
    high_bidder = NumberAttribute(attr_name="by", null=True)
    high_cents = NumberAttribute(attr_name="hi", null=True)
    maximum_cents = NumberAttribute(attr_name="mx", null=True)
    auto_next_ms = NumberAttribute(attr_name="nx", null=True)


class RulesRow(Model):
    """One version of an auction's rules; never changed once written."""

    class Meta:
        table_name = "rules"

    auction_id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute(range_key=True)
    title = UnicodeAttribute()
    rules = UnicodeAttribute()


class LotRow(Model):
    """One lot: what it is, and where it stands since event `seq`."""

    class Meta:
        table_name = "lots"

    auction_id = UnicodeAttribute(hash_key=True)
    lot_id = UnicodeAttribute(range_key=True)
    lot = UnicodeAttribute()
    status = UnicodeAttribute()
    seq = NumberAttribute()
    owner = NumberAttribute(null=True)
    price_cents = NumberAttribute(null=True)


class MemberRow(Model):
    """One member of the auction's league, also one who has left it."""

    class Meta:
        table_name = "members"

    auction_id = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute(range_key=True)
    number = NumberAttribute()
    name = UnicodeAttribute()
    role = UnicodeAttribute()
    budget_cents = NumberAttribute(null=True)
    active = BooleanAttribute(null=True)
    """False: they have left or were removed."""
    version = NumberAttribute(null=True)
    """The database's; it grows with every change of the member."""


class LedgerRow(Model):
    """One event in its place; `expires_at` (epoch seconds) only in a synthetic auction."""

    class Meta:
        table_name = "ledger"

    auction_id = UnicodeAttribute(hash_key=True)
    seq = NumberAttribute(range_key=True)
    event = UnicodeAttribute()
    expires_at = NumberAttribute(null=True)


class ConnectionRow(Model):
    """One open WebSocket; `expires_at` (epoch seconds) ends it should nobody else."""

    class Meta:
        table_name = "connections"

    auction_id = UnicodeAttribute(hash_key=True)
    connection_id = UnicodeAttribute(range_key=True)
    number = NumberAttribute()
    name = UnicodeAttribute()
    role = UnicodeAttribute()
    user_id = UnicodeAttribute()
    connected_at_ms = NumberAttribute()
    expires_at = NumberAttribute()
    has_seat = BooleanAttribute(null=True)


class TicketRow(Model):
    """The right to open one WebSocket. The key is the ticket's hash: the table opens nothing."""

    class Meta:
        table_name = "tickets"

    ticket_hash = UnicodeAttribute(hash_key=True)
    auction_id = UnicodeAttribute()
    user_id = UnicodeAttribute()
    number = NumberAttribute()
    name = UnicodeAttribute()
    role = UnicodeAttribute()
    expires_at_ms = NumberAttribute()
    expires_at = NumberAttribute()
    claim = UnicodeAttribute(null=True)


class ChatByTime(LocalSecondaryIndex[Any]):
    class Meta:
        index_name = "by_time"
        projection = AllProjection()

    auction_id = UnicodeAttribute(hash_key=True)
    at_ms = NumberAttribute(range_key=True)


class ChatRow(Model):
    """Something a member said; the id is made of member and request, so it is said once."""

    class Meta:
        table_name = "chat"

    auction_id = UnicodeAttribute(hash_key=True)
    chat_id = UnicodeAttribute(range_key=True)
    at_ms = NumberAttribute()
    number = NumberAttribute()
    name = UnicodeAttribute()
    text = UnicodeAttribute()
    by_time = ChatByTime()


MODELS: dict[str, type[Model]] = {
    "AUCTIONS_TABLE": AuctionRow,
    "RULES_TABLE": RulesRow,
    "LOTS_TABLE": LotRow,
    "MEMBERS_TABLE": MemberRow,
    "LEDGER_TABLE": LedgerRow,
    "CONNECTIONS_TABLE": ConnectionRow,
    "TICKETS_TABLE": TicketRow,
    "CHAT_TABLE": ChatRow,
}


def bind(environment: Mapping[str, str]) -> None:
    """Give each model the table named in the environment; a function knows only its own.

    They share one client: PynamoDB would make one for each model, and making one takes a new
    container longer than its first bid.
    """
    shared = None
    for variable, model in MODELS.items():
        if variable not in environment:
            continue
        model.Meta.table_name = environment[variable]
        own = model._get_connection()
        if shared is None:
            shared = own.connection
        elif own.connection is not shared:
            shared.add_meta_table(own.get_meta_table())
            own.connection = shared
