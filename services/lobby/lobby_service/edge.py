"""Between the HTTP API and the logic: who asks for which line, and errors as responses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from shared.errors import (
    CalcuttaError,
    Conflict,
    InvalidInput,
    InvalidMessage,
    LobbyClosed,
    MalformedMessage,
    NotFound,
    Unauthenticated,
    Unavailable,
)
from shared.fields import Id
from shared.limits import MAX_NAME_CHARS
from shared.logs import logger
from shared.metrics import emit
from shared.text import plain

NAMELESS = "Spectator"
NO_STORE = "no-store"
FOR_A_SECOND = "public, max-age=1"

_STATUS: tuple[tuple[type[CalcuttaError], int], ...] = (
    (NotFound, 404),
    (LobbyClosed, 410),
    (Conflict, 409),
    (Unauthenticated, 401),
    (InvalidInput, 400),
    (Unavailable, 503),
)
"""The first that fits."""


class Caller(msgspec.Struct, frozen=True):
    """Who asks; API Gateway has verified the token that says so."""

    user_id: str
    name: str


class _Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """All that a body may say: who asks, and where they stand, is not for them to say."""


def respond(
    event: dict[str, Any],
    serve: Callable[[], msgspec.Struct],
    cache: str = NO_STORE,
) -> dict[str, Any]:
    """Answer a request, whatever goes wrong; the caller learns nothing internal.

    Args:
        cache: for how long whoever is between may keep the answer; never a refusal.
    """
    try:
        _require_no_fields(event)
        return _response(200, serve(), cache)
    except CalcuttaError as error:
        status = next((it for kind, it in _STATUS if isinstance(error, kind)), 500)
        return _refusal(status, error)
    except Exception:  # noqa: BLE001 - logged whole
        logger().exception("request failed", extra={"route": event.get("routeKey")})
        emit({"InternalErrors": 1})
        return _refusal(500, CalcuttaError("something went wrong; try again"))


def auction_of(event: dict[str, Any]) -> str:
    """The auction that the path names. Raises NotFound for what none can be called."""
    try:
        return msgspec.convert((event.get("pathParameters") or {}).get("id"), Id)
    except (msgspec.ValidationError, UnicodeError):
        raise NotFound("this auction has no line") from None


def caller_of(event: dict[str, Any]) -> Caller:
    """Who asks. Raises Unauthenticated: no authorizer has said."""
    authorizer = (event.get("requestContext") or {}).get("authorizer") or {}
    claims = (authorizer.get("jwt") or {}).get("claims") or {}
    try:
        user_id = msgspec.convert(claims.get("sub"), Id)
    except msgspec.ValidationError:
        raise Unauthenticated("sign in first") from None
    name = plain(str(claims.get("name", ""))).strip()[:MAX_NAME_CHARS].strip()
    return Caller(user_id, name or NAMELESS)


def _require_no_fields(event: dict[str, Any]) -> None:
    body = event.get("body")
    if not body:
        return
    try:
        msgspec.json.decode("" if event.get("isBase64Encoded") else body, type=_Nothing)
    except msgspec.ValidationError as error:
        raise InvalidMessage(f"this takes no fields: {error}".replace("`", "")) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise MalformedMessage("the body is empty or an empty JSON object") from None


def _refusal(status: int, error: CalcuttaError) -> dict[str, Any]:
    body: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.field is not None:
        body["field"] = error.field
    return _response(status, body, NO_STORE)


def _response(status: int, body: msgspec.Struct | dict[str, Any], cache: str) -> dict[str, Any]:
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json", "cache-control": cache},
        "body": msgspec.json.encode(body).decode(),
    }
