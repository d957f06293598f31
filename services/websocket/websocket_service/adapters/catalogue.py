"""Rules, members and lots of an auction, and what was said in it."""

from __future__ import annotations

import msgspec

from shared.auction import Lot, LotState, Member, Rules
from shared.bridge import AuctionProjection
from shared.codec import encode
from shared.replies import Chat
from websocket_service.adapters.tables import ChatRow, LotRow, MemberRow, RulesRow
from websocket_service.adapters.writes import save_new


class DynamoRulesBook:
    """`RulesBook` on DynamoDB; keeps the newest version it has seen of each auction."""

    def __init__(self) -> None:
        self._kept: dict[str, Rules] = {}

    def kept(self, auction_id: str) -> Rules | None:
        return self._kept.get(auction_id)

    def latest(self, auction_id: str) -> Rules | None:
        rows = list(
            RulesRow.query(auction_id, consistent_read=True, scan_index_forward=False, limit=1)
        )
        return self._keep(rows[0]) if rows else None

    def version(self, auction_id: str, version: int) -> Rules:
        kept = self._kept.get(auction_id)
        if kept is not None and kept.version == version:
            return kept
        return self._keep(RulesRow.get(auction_id, version, consistent_read=True))

    def add(self, auction_id: str, rules: Rules, title: str) -> bool:
        """Keep a new version; False if there is one with this number."""
        row = RulesRow(auction_id, rules.version, title=title, rules=encode(rules).decode())
        return save_new(row, RulesRow.version.does_not_exist())

    def _keep(self, row: RulesRow) -> Rules:
        rules = msgspec.json.decode(row.rules, type=Rules)
        self._kept[row.auction_id] = rules
        return rules


class DynamoCatalogue:
    """`Catalogue` on DynamoDB."""

    def write(self, auction: AuctionProjection, rules: Rules) -> None:
        """Safe to repeat until the auction's item exists: rows are the same each time."""
        auction_id = auction.auction_id
        with MemberRow.batch_write() as batch:
            for member in auction.members:
                batch.save(_member_row(auction_id, member))
        with LotRow.batch_write() as batch:
            for lot in auction.lots:
                batch.save(
                    LotRow(auction_id, lot.lot_id, lot=encode(lot).decode(), status="unsold", seq=0)
                )
        RulesRow(
            auction_id, rules.version, title=auction.title, rules=encode(rules).decode()
        ).save()

    def title(self, auction_id: str) -> str:
        rows = list(RulesRow.query(auction_id, limit=1, scan_index_forward=False))
        return rows[0].title if rows else ""

    def members(self, auction_id: str) -> tuple[Member, ...]:
        rows = MemberRow.query(auction_id, consistent_read=True)
        return tuple(sorted((_member_of(row) for row in rows), key=lambda m: m.number))

    def lots(self, auction_id: str) -> tuple[tuple[Lot, LotState], ...]:
        rows = LotRow.query(auction_id, consistent_read=True)
        pairs = ((msgspec.json.decode(row.lot, type=Lot), _lot_state(row)) for row in rows)
        return tuple(sorted(pairs, key=lambda pair: pair[0].position))


def find_member(auction_id: str, user_id: str) -> Member | None:
    """The member that a user is in an auction that was opened."""
    try:
        return _member_of(MemberRow.get(auction_id, user_id, consistent_read=True))
    except MemberRow.DoesNotExist:
        return None


def put_member(auction_id: str, member: Member) -> None:
    """Give a member of an opened auction a new role."""
    _member_row(auction_id, member).save()


def remove_member(auction_id: str, user_id: str) -> None:
    """Take a member out of an opened auction; what they bought stays theirs."""
    MemberRow(auction_id, user_id).delete()


class DynamoRoll:
    """`Roll` on DynamoDB."""

    def put(self, auction_id: str, member: Member) -> None:
        put_member(auction_id, member)

    def remove(self, auction_id: str, user_id: str) -> None:
        remove_member(auction_id, user_id)


def _member_row(auction_id: str, member: Member) -> MemberRow:
    return MemberRow(
        auction_id,
        member.user_id,
        number=member.number,
        name=member.name,
        role=member.role,
        budget_cents=member.budget_cents,
    )


def _member_of(row: MemberRow) -> Member:
    return Member(
        number=int(row.number),
        user_id=row.user_id,
        name=row.name,
        role=row.role,  # type: ignore[arg-type]
        budget_cents=None if row.budget_cents is None else int(row.budget_cents),
    )


def _lot_state(row: LotRow) -> LotState:
    return LotState(
        lot_id=row.lot_id,
        status=row.status,  # type: ignore[arg-type]
        seq=int(row.seq),
        owner=None if row.owner is None else int(row.owner),
        price_cents=None if row.price_cents is None else int(row.price_cents),
    )


class DynamoChats:
    """`Chats` on DynamoDB."""

    def say(self, auction_id: str, chat: Chat) -> bool:
        row = ChatRow(
            auction_id,
            chat.chat_id,
            at_ms=chat.at_ms,
            number=chat.number,
            name=chat.name,
            text=chat.text,
        )
        return save_new(row, ChatRow.chat_id.does_not_exist())

    def latest(self, auction_id: str, limit: int) -> list[Chat]:
        rows = ChatRow.by_time.query(auction_id, scan_index_forward=False, limit=limit)
        chats = [
            Chat(
                chat_id=row.chat_id,
                at_ms=int(row.at_ms),
                number=int(row.number),
                name=row.name,
                text=row.text,
            )
            for row in rows
        ]
        return chats[::-1]
