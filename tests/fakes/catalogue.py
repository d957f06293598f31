"""`RulesBook`, `Catalogue`, `Ledger` and `Chats` in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shared.auction import Lot, LotState, Member, Rules
from shared.bridge import AuctionProjection
from shared.events import LedgerEntry
from shared.replies import Chat
from tests.fakes.meanwhile import Meanwhile


class MemoryRulesBook:
    """Rules by version. `kept` is the memory of one container; `forget` starts another."""

    def __init__(self) -> None:
        self.written: dict[str, dict[int, Rules]] = {}
        self.calls: Counter[str] = Counter()
        self._kept: dict[str, Rules] = {}

    def add(self, auction_id: str, rules: Rules, title: str = "") -> bool:
        """Keep a version; False if there is one with this number."""
        versions = self.written.setdefault(auction_id, {})
        return versions.setdefault(rules.version, rules) is rules

    def forget(self) -> None:
        self._kept = {}

    def kept(self, auction_id: str) -> Rules | None:
        return self._kept.get(auction_id)

    def latest(self, auction_id: str) -> Rules | None:
        self.calls["read"] += 1
        versions = self.written.get(auction_id)
        return self._keep(auction_id, versions[max(versions)]) if versions else None

    def version(self, auction_id: str, version: int) -> Rules:
        kept = self._kept.get(auction_id)
        if kept is not None and kept.version == version:
            return kept
        self.calls["read"] += 1
        return self._keep(auction_id, self.written[auction_id][version])

    def _keep(self, auction_id: str, rules: Rules) -> Rules:
        self._kept[auction_id] = rules
        return rules


class MemoryCatalogue:
    """Members and lots.

    Attributes:
        before_lots: what others do just before the lots are read.
    """

    def __init__(
        self, lot_rows: dict[str, dict[str, LotState]], rules_book: MemoryRulesBook
    ) -> None:
        self.calls: Counter[str] = Counter()
        self.before_lots = Meanwhile()
        self._auctions: dict[str, AuctionProjection] = {}
        self._lot_rows = lot_rows
        self._rules_book = rules_book

    def write(self, auction: AuctionProjection, rules: Rules) -> None:
        auction_id = auction.auction_id
        self._auctions[auction_id] = auction
        self._lot_rows[auction_id] = {
            lot.lot_id: LotState(lot.lot_id, "unsold", 0) for lot in auction.lots
        }
        self._rules_book.add(auction_id, rules)

    def title(self, auction_id: str) -> str:
        self.calls["title"] += 1
        return self._auctions[auction_id].title

    def members(self, auction_id: str) -> tuple[Member, ...]:
        self.calls["members"] += 1
        return self._auctions[auction_id].members

    def lots(self, auction_id: str) -> tuple[tuple[Lot, LotState], ...]:
        self.calls["lots"] += 1
        self.before_lots.happen()
        rows = self._lot_rows[auction_id]
        return tuple((lot, rows[lot.lot_id]) for lot in self._auctions[auction_id].lots)


class MemoryLedger:
    """Every event in its place; while it `lags`, new ones do not arrive."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, int], LedgerEntry] = {}
        self.calls: Counter[str] = Counter()
        self.lags = False
        self._late: list[LedgerEntry] = []

    def append(self, entries: Sequence[LedgerEntry]) -> None:
        if self.lags:
            self._late += entries
        else:
            self.entries |= {(entry.auction_id, entry.seq): entry for entry in entries}

    def catch_up(self) -> None:
        self.lags = False
        self.append(self._late)
        self._late = []

    def events(self, auction_id: str, after_seq: int, limit: int) -> list[LedgerEntry]:
        self.calls["events"] += 1
        if limit < 1:
            raise ValueError("DynamoDB refuses a limit below 1")
        found = [e for (a, seq), e in self.entries.items() if a == auction_id and seq > after_seq]
        return sorted(found, key=lambda entry: entry.seq)[:limit]


class MemoryChats:
    """What was said, once each."""

    def __init__(self) -> None:
        self.said: dict[tuple[str, str], Chat] = {}

    def say(self, auction_id: str, chat: Chat) -> bool:
        return self.said.setdefault((auction_id, chat.chat_id), chat) is chat

    def latest(self, auction_id: str, limit: int) -> list[Chat]:
        chats = [chat for (a, _), chat in self.said.items() if a == auction_id]
        return sorted(chats, key=lambda chat: chat.at_ms)[-limit:]
