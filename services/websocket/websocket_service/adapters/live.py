"""The tables that the live path uses, without PynamoDB, which takes a new container longer to
import than its first bid.

`adapters.tables` defines them all; a test writes each row this way and reads it through its model.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.aws.dynamodb import DynamoDB, Table


class LiveTables:
    """Auctions, lots, rules, connections and tickets.

    Args:
        environ: their names, as `adapters.tables.MODELS` calls them; a function has those it uses.
    """

    def __init__(self, dynamodb: DynamoDB, environ: Mapping[str, str]) -> None:
        self.dynamodb = dynamodb

        def table(variable: str, default: str) -> Table:
            return Table(dynamodb, environ.get(variable, default))

        self.auctions = table("AUCTIONS_TABLE", "auctions")
        self.lots = table("LOTS_TABLE", "lots")
        self.rules = table("RULES_TABLE", "rules")
        self.connections = table("CONNECTIONS_TABLE", "connections")
        self.tickets = table("TICKETS_TABLE", "tickets")
