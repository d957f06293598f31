"""A request of a person, what it is answered with, and what an operation knows while it works."""

from __future__ import annotations

import base64
import binascii
from typing import Any, TypeVar

import msgspec

from rds_bridge_service.logic.csv_file import name_problem
from rds_bridge_service.logic.leagues.ports import Desk, LeagueRow, MemberRow, Rows
from rds_bridge_service.logic.settlement.rules import tidy
from shared.errors import Forbidden, InvalidMessage, Outdated, Refused, VersionRequired
from shared.limits import MAX_PAGE
from shared.synthetic import CANARY_EMAIL

T = TypeVar("T")


class Call(msgspec.Struct, frozen=True):
    """What is asked, by whom; API Gateway has verified `user_id` and `email`.

    Attributes:
        email: lower case; empty if the token has no verified address.
        body: of the type that the operation takes, None if it takes none.
        version: what `If-Match` says the change is of.
        key: `Idempotency-Key`.
        cursor: where a page begins, as the page before said it.
    """

    user_id: str
    email: str = ""
    league_id: str = ""
    number: int = -1
    body: Any = None
    version: int | None = None
    key: str = ""
    cursor: str | None = None
    limit: int = MAX_PAGE


class File(msgspec.Struct, frozen=True):
    """What is answered as a file, to be kept under this name."""

    name: str
    content_type: str
    data: bytes


class Answer(msgspec.Struct, frozen=True):
    """`version` becomes the ETag; `location` is the path of what was made."""

    body: msgspec.Struct | None = None
    version: int | None = None
    location: str | None = None


class Inside(msgspec.Struct, frozen=True):
    """A call of a member who may make it, in the transaction that found that out."""

    call: Call
    rows: Rows
    league: LeagueRow
    me: MemberRow
    desk: Desk


def require_version(asked: int | None, actual: int) -> None:
    """Raises VersionRequired or Outdated."""
    if asked is None:
        raise VersionRequired("say in If-Match which version this is a change of", field=IF_MATCH)
    if asked != actual:
        raise Outdated("this was changed meanwhile; read it again", field=IF_MATCH)


def heed_version(asked: int | None, actual: int) -> None:
    """Raises Outdated: the change is said to be of another version; it need not be of any."""
    if asked is not None:
        require_version(asked, actual)


IF_MATCH = "header:If-Match"


def require_planned(league: LeagueRow) -> None:
    """What is bid on stays as it was when bidding began.

    Raises:
        Refused: `auction_already_open`.
    """
    if league.auction_status != "planned":
        raise Refused("auction_already_open", "this is fixed once the auction has been opened")


def require_not_closed(league: LeagueRow) -> None:
    """Raises Refused: `auction_closed`."""
    if league.auction_status == "closed":
        raise Refused("auction_closed", "the auction is over")


def require_name(name: str, field: str) -> str:
    """The name as it is kept. Raises InvalidMessage: it cannot be shown."""
    name = tidy(name)
    if problem := name_problem(name):
        raise InvalidMessage(f"the name {problem}", field=field)
    return name


def require_email(call: Call) -> str:
    """Raises Forbidden: the token does not say who this is, or it is the canary."""
    if not call.email:
        raise Forbidden("sign in with an ID token and a verified e-mail address")
    if call.email == CANARY_EMAIL:
        raise Forbidden("leagues are for people")
    return call.email


def cursor_after(key: str | int) -> str:
    """Where the next page begins; nobody but `after` should take it apart."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def after(cursor: str | None, key_type: Any, first: T) -> T:
    """The key after which a page begins; `first` without a cursor.

    Raises:
        InvalidMessage: the cursor is not one of this list's.
    """
    if cursor is None:
        return first
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        key = base64.b64decode(padded, altchars=b"-_", validate=True)
        found: T = msgspec.json.decode(key, type=key_type)
    except (UnicodeError, binascii.Error, msgspec.DecodeError):
        raise InvalidMessage("no page begins there", field="query:cursor") from None
    return found
