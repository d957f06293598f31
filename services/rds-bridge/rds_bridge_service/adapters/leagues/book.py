"""The database of leagues, a transaction at a time, and the notices that leave it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from sqlalchemy import Connection, Engine, delete, select

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.database import reading, writing
from rds_bridge_service.adapters.leagues.field import SqlFieldRows
from rds_bridge_service.adapters.leagues.members import SqlMemberRows
from rds_bridge_service.logic.leagues.ports import Rows
from shared.logs import logger

T = TypeVar("T")

ABOUT_RULES = "rules"
KEPT_S = 24 * 60 * 60
"""How long a notice stays in its table: as long as its stream has it."""

_AT_ONCE = 50


class SqlRows(NamedTuple):
    """Implements `logic.leagues.ports.Rows`."""

    of_members: SqlMemberRows
    of_field: SqlFieldRows


class SqlBook:
    """Implements `logic.leagues.ports.Book`."""

    def __init__(self, engine: Engine, new_id: Callable[[], str]) -> None:
        self._engine = engine
        self._new_id = new_id

    def reading(self, work: Callable[[Rows], T]) -> T:
        return reading(self._engine, lambda connection: work(self._rows(connection)))

    def writing(self, work: Callable[[Rows], T]) -> T:
        return writing(self._engine, lambda connection: work(self._rows(connection)))

    def _rows(self, connection: Connection) -> SqlRows:
        return SqlRows(SqlMemberRows(connection, self._new_id), SqlFieldRows(connection))


class Sending(NamedTuple):
    """How many notices were sent, and how many of those that were looked at still wait."""

    sent: int
    waiting: int


class Notices:
    """The outbox: what the live auction has to look at again, from SQL to a DynamoDB table.

    A notice is committed with the change it is about. It says only where to look, so sending it
    twice, late or out of order does no harm. The table's stream invokes `services/websocket`:
    DynamoDB can be reached from a VPC without internet for nothing, Lambda and SQS cannot.

    Args:
        dynamodb: makes a client of DynamoDB.
    """

    def __init__(
        self, engine: Engine, dynamodb: Callable[[], Any], table: str, now_s: Callable[[], int]
    ) -> None:
        self._engine = engine
        self._dynamodb = dynamodb
        self._table = table
        self._now_s = now_s

    def send(self) -> Sending:
        """Send all that waits, also what an invocation before left behind.

        What DynamoDB refuses waits for the next call and stops nothing behind it. Where DynamoDB
        cannot be reached all wait: the change itself is done.
        """
        sent = seen = 0
        after = ""
        while waiting := self._waiting(after):
            gone = self._put(waiting)
            self._forget(gone)
            sent, seen, after = sent + len(gone), seen + len(waiting), waiting[-1].notice_id
            if not gone or len(waiting) < _AT_ONCE:
                break
        return Sending(sent, seen - sent)

    def _waiting(self, after: str) -> Sequence[Any]:
        some = select(t.live_notice).where(t.live_notice.c.notice_id > after)
        page = some.order_by(t.live_notice.c.notice_id).limit(_AT_ONCE)
        return reading(self._engine, lambda connection: connection.execute(page).all())

    def _put(self, notices: Sequence[Any]) -> list[str]:
        """The ids of those that DynamoDB has taken."""
        gone: list[str] = []
        for notice in notices:
            try:
                self._dynamodb().put_item(TableName=self._table, Item=self._item(notice))
            except ClientError as error:
                why = error.response["Error"]["Code"]
                logger().error("notice waits", extra={"notice_id": notice.notice_id, "why": why})
            except BotoCoreError as error:  # it would not be reached for the others either
                logger().error("notices wait", extra={"why": type(error).__name__})
                break
            else:
                gone.append(notice.notice_id)
        return gone

    def _forget(self, notice_ids: Sequence[str]) -> None:
        if notice_ids:
            those = delete(t.live_notice).where(t.live_notice.c.notice_id.in_(notice_ids))
            writing(self._engine, lambda connection: connection.execute(those))

    def _item(self, notice: Any) -> dict[str, Any]:
        about = ABOUT_RULES if notice.user_id is None else f"member {notice.user_id}"
        return {
            "auction_id": {"S": notice.auction_id},
            "about": {"S": about},
            "notice_id": {"S": notice.notice_id},
            "expires_at": {"N": str(self._now_s() + KEPT_S)},
        }
