"""An event of an HTTP API (payload format 2.0), behind its JWT authorizer, as a call."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from rds_bridge_service.logic.leagues.call import IF_MATCH, Call
from rds_bridge_service.logic.leagues.operation import Operation
from shared.errors import (
    InvalidMessage,
    MalformedMessage,
    MessageTooLong,
    NotFound,
    Unauthenticated,
)
from shared.fields import Id, MemberNumber
from shared.limits import MAX_PAGE, MAX_REQUEST_BYTES

IDEMPOTENCY_KEY = "header:Idempotency-Key"
PageSize = Annotated[int, Meta(ge=1, le=MAX_PAGE)]

_FIELD = re.compile(r" - at `(?P<path>[^`]+)`$")
_ETAG = re.compile(r'"(?P<version>[0-9]{1,15})"')
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
T = TypeVar("T")


def call_of(event: Mapping[str, Any], operation: Operation) -> Call:
    """What is asked, by whom.

    Raises:
        Unauthenticated: no authorizer has said who asks.
        NotFound: the path names nothing that there can be.
        InvalidInput: a header, a parameter or the body cannot be used.
    """
    claims = _claims(event)
    headers = {name.lower(): it for name, it in (event.get("headers") or {}).items()}
    path = event.get("pathParameters") or {}
    query = event.get("queryStringParameters") or {}
    return Call(
        user_id=str(claims["sub"]),
        email=_email(claims),
        league_id=_from_path(path.get("league_id", ""), Id, "") if "league_id" in path else "",
        number=_from_path(path["number"], MemberNumber, -1) if "number" in path else -1,
        version=_version(headers.get("if-match"), operation),
        body=_body(event, operation.takes),
        key=_key(headers.get("idempotency-key")) if operation.keyed else "",
        cursor=query.get("cursor") if operation.paged else None,
        limit=_limit(query.get("limit")) if operation.paged else MAX_PAGE,
    )


def _claims(event: Mapping[str, Any]) -> Mapping[str, Any]:
    authorizer = (event.get("requestContext") or {}).get("authorizer") or {}
    claims: Mapping[str, Any] = (authorizer.get("jwt") or {}).get("claims") or {}
    if not claims.get("sub"):
        raise Unauthenticated("sign in first")
    return claims


def _email(claims: Mapping[str, Any]) -> str:
    """Only an ID token has an address; API Gateway makes texts of all claims."""
    verified = str(claims.get("email_verified", "")).lower() == "true"
    return str(claims.get("email", "")).lower() if verified else ""


def _from_path(text: str, kind: Any, like: T) -> T:
    try:
        found: T = msgspec.convert(text, kind, strict=False)
    except (msgspec.ValidationError, UnicodeEncodeError):
        raise NotFound("there is nothing at this address") from None
    return found


def _version(header: str | None, operation: Operation) -> int | None:
    if header is None or operation.method == "GET":
        return None
    if not (operation.versioned or operation.heeds_version):
        raise InvalidMessage("what is asked for has no version", field=IF_MATCH)
    match = _ETAG.fullmatch(header.strip())
    if match is None:
        raise InvalidMessage("not an ETag of this API", field=IF_MATCH)
    return int(match["version"])


def _key(header: str | None) -> str:
    if header is None or not _KEY.fullmatch(header):
        raise InvalidMessage(
            "choose a key of up to 64 letters, digits, - and _; the same one again makes nothing"
            " anew",
            field=IDEMPOTENCY_KEY,
        )
    return header


def _limit(text: str | None) -> int:
    if text is None:
        return MAX_PAGE
    try:
        return msgspec.convert(text, PageSize, strict=False)
    except (msgspec.ValidationError, UnicodeEncodeError):
        raise InvalidMessage(f"a number from 1 to {MAX_PAGE}", field="query:limit") from None


def _body(event: Mapping[str, Any], kind: type[msgspec.Struct] | None) -> Any:
    if kind is None:
        return None
    try:
        return msgspec.json.decode(_bytes(event), type=kind)
    except msgspec.ValidationError as error:
        match = _FIELD.search(str(error))
        raise InvalidMessage(
            _FIELD.sub("", str(error)).replace("`", ""), field=match["path"] if match else "$"
        ) from None
    except (msgspec.DecodeError, ValueError, RecursionError):  # not UTF-8, or not base64
        raise MalformedMessage("the body is one JSON object in UTF-8") from None


def _bytes(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        data = base64.b64decode(body, validate=True)
    else:
        data = body.encode("utf-8")
    if len(data) > MAX_REQUEST_BYTES:
        raise MessageTooLong(f"a request may have at most {MAX_REQUEST_BYTES} bytes")
    return data
