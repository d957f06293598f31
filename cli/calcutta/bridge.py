"""The database, as the functions of `services/rds-bridge` offer it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from calcutta.stages import Stage
from shared import bridge, quarantine, settlement
from shared.events import LedgerEntry
from shared.invoke import call

ReplyT = TypeVar("ReplyT", bound=msgspec.Struct)


class Bridge:
    """Typed calls by the ARN of each function's alias `live`."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def migrate(self) -> bridge.Migrated:
        return self._call("Migrate", bridge.Migrate(), bridge.Migrated)

    def migrate_with_newest(self) -> bridge.Migrated:
        """With the version that the last deploy published, which need not be live yet."""
        newest = self._stage.output("rds-bridge", "MigrateLambdaFunctionQualifiedArn")
        return call(self._stage.client("lambda"), newest, bridge.Migrate(), bridge.Migrated)

    def preview_import(self, request: bridge.PreviewImport) -> bridge.ImportPreview:
        return self._call("PreviewImport", request, bridge.ImportPreview)

    def import_league(self, request: bridge.ImportLeague) -> bridge.LeagueImported:
        return self._call("ImportLeague", request, bridge.LeagueImported)

    def import_results(self, request: settlement.ImportResults) -> settlement.ResultsImported:
        return self._call("ImportResults", request, settlement.ResultsImported)

    def settle(self, auction_id: str) -> settlement.Settlement:
        return self._call("Settle", settlement.Settle(auction_id), settlement.Settlement)

    def list_quarantine(self, request: quarantine.ListQuarantine) -> quarantine.QuarantinePage:
        return self._call("ListQuarantine", request, quarantine.QuarantinePage)

    def show_quarantine(self, quarantine_id: str) -> quarantine.Quarantined:
        request = quarantine.ShowQuarantine(quarantine_id)
        return self._call("ShowQuarantine", request, quarantine.Quarantined)

    def redrive(self, request: quarantine.Redrive) -> quarantine.Redriven:
        return self._call("Redrive", request, quarantine.Redriven)

    def list_sales(self, auction_id: str) -> bridge.Sales:
        return self._call("ListSales", bridge.ListSales(auction_id), bridge.Sales)

    def list_events(self, auction_id: str) -> Iterator[LedgerEntry]:
        """All rows of `auction_event`, by ascending seq."""
        for page in self.pages_of_events(auction_id):
            yield from page.entries

    def pages_of_events(self, auction_id: str) -> Iterator[bridge.EventsPage]:
        """The same with the bids beside them, a page at a time."""
        after, more = 0, True
        while more:
            page = self._call("ListEvents", bridge.ListEvents(auction_id, after), bridge.EventsPage)
            yield page
            more = page.more and bool(page.entries)
            after = page.entries[-1].seq if page.entries else after

    def _call(self, function: str, request: msgspec.Struct, reply: type[ReplyT]) -> ReplyT:
        arn = self._stage.output("rds-bridge", f"{function}LiveArn")
        return call(self._stage.client("lambda"), arn, request, reply)
