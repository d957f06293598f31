"""The tables that the live path uses, without PynamoDB, which takes a new container longer to
import than its first answer.

`adapters.tables` defines them all; a test writes each row one way and reads it the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shared.aws.dynamodb import DynamoDB, Table


class LiveTables:
    """Every table of the live auction but the seats', see `adapters.seats`.

    Args:
        environ: their names, as `adapters.tables.MODELS` calls them; a function has those it uses.
    """

    def __init__(self, dynamodb: DynamoDB, environ: Mapping[str, str]) -> None:
        self.dynamodb = dynamodb

        def table(variable: str, default: str) -> Table:
            return Table(dynamodb, environ.get(variable, default))

        self.auctions = table("AUCTIONS_TABLE", "auctions")
        self.rules = table("RULES_TABLE", "rules")
        self.lots = table("LOTS_TABLE", "lots")
        self.members = table("MEMBERS_TABLE", "members")
        self.ledger = table("LEDGER_TABLE", "ledger")
        self.connections = table("CONNECTIONS_TABLE", "connections")
        self.tickets = table("TICKETS_TABLE", "tickets")
        self.chats = table("CHAT_TABLE", "chat")


def rows_of(auction_id: str, table: Table, **options: Any) -> Iterator[dict[str, Any]]:
    """An auction's rows in a table, with the options of `Table.query`."""
    return table.query("#auction_id = :auction", {"auction": auction_id}, **options)
