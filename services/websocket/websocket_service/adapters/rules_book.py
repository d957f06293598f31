"""The versions of an auction's rules."""

from __future__ import annotations

from typing import Any

import msgspec

from shared.auction import Rules
from shared.aws.errors import ConditionFailed
from shared.codec import encode
from websocket_service.adapters.live import LiveTables, rows_of


class DynamoRulesBook:
    """`RulesBook` on DynamoDB; keeps the newest version it has seen of each auction."""

    def __init__(self, tables: LiveTables) -> None:
        self._rules = tables.rules
        self._kept: dict[str, Rules] = {}

    def kept(self, auction_id: str) -> Rules | None:
        return self._kept.get(auction_id)

    def latest(self, auction_id: str) -> Rules | None:
        row = next(rows_of(auction_id, self._rules, ScanIndexForward=False, Limit=1), None)
        return None if row is None else self._keep(row)

    def version(self, auction_id: str, version: int) -> Rules:
        """Raises LookupError: there is none with this number."""
        kept = self._kept.get(auction_id)
        if kept is not None and kept.version == version:
            return kept
        row = self._rules.get({"auction_id": auction_id, "version": version})
        if row is None:
            raise LookupError(f"auction {auction_id} has no version {version} of its rules")
        return self._keep(row)

    def add(self, auction_id: str, rules: Rules, title: str) -> bool:
        """Keep a new version, which then never changes; False if there is one with this number."""
        row = {
            "auction_id": auction_id,
            "version": rules.version,
            "title": title,
            "rules": encode(rules).decode(),
        }
        try:
            self._rules.put(row, "attribute_not_exists(#version)")
        except ConditionFailed:
            return False
        return True

    def _keep(self, row: dict[str, Any]) -> Rules:
        rules = msgspec.json.decode(row["rules"], type=Rules)
        self._kept[row["auction_id"]] = rules
        return rules
