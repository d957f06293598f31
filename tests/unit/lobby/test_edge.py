"""Who asks, and what they hear when something is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from lobby_service.edge import FOR_A_SECOND, NAMELESS, auction_of, caller_of, respond
from shared.errors import (
    Busy,
    CalcuttaError,
    CalleeFailed,
    InvalidMessage,
    LobbyClosed,
    LobbyNotOpen,
    NotFound,
    Unauthenticated,
)
from shared.limits import MAX_NAME_CHARS
from shared.lobby import LineStanding

LEFT = LineStanding(state="left")


def event(**claims: str) -> dict[str, Any]:
    return {"requestContext": {"authorizer": {"jwt": {"claims": {"sub": "user-1", **claims}}}}}


def fails_with(error: Exception) -> Callable[[], msgspec.Struct]:
    def serve() -> msgspec.Struct:
        raise error

    return serve


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("  Ada\tLovelace\x1b[31m ", "Ada Lovelace[31m"),
        ("Ada\u202e", "Ada"),
        ("x" * 500, "x" * MAX_NAME_CHARS),
        ("", NAMELESS),
        ("\x00\u200b", NAMELESS),
    ],
)
def test_a_name_is_the_tokens_without_what_could_not_be_shown(claim: str, name: str) -> None:
    assert caller_of(event(name=claim)).name == name


def test_an_address_is_nobodys_name() -> None:
    assert caller_of(event(email="ada@example.com")).name == NAMELESS


@pytest.mark.parametrize("claims", [{}, {"sub": ""}, {"sub": "a b"}, {"sub": None}])
def test_who_has_no_user_id_is_not_signed_in(claims: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        caller_of({"requestContext": {"authorizer": {"jwt": {"claims": claims}}}})


@pytest.mark.parametrize("auction_id", [None, "", "a b", "x" * 65, "ä", "a#b", "\ud800"])
def test_what_no_auction_can_be_called_is_not_found(auction_id: str | None) -> None:
    with pytest.raises(NotFound):
        auction_of({"pathParameters": {"id": auction_id}})


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("no"), 404),
        (LobbyNotOpen("no"), 409),
        (LobbyClosed("no"), 410),
        (InvalidMessage("no"), 400),
        (Unauthenticated("no"), 401),
        (Busy("no"), 503),
        (CalleeFailed("no"), 503),
        (CalcuttaError("no"), 500),
    ],
    ids=lambda it: type(it).__name__ if isinstance(it, Exception) else str(it),
)
def test_a_refusal_has_its_status_and_code_and_is_never_kept(
    error: CalcuttaError, status: int
) -> None:
    answered = respond({}, fails_with(error), FOR_A_SECOND)
    assert answered["statusCode"] == status
    assert json.loads(answered["body"]) == {"code": error.code, "message": "no"}
    assert answered["headers"]["cache-control"] == "no-store"


def test_a_defect_says_nothing_internal(capsys: pytest.CaptureFixture[str]) -> None:
    answered = respond({}, fails_with(RuntimeError("the password is …")))
    assert answered["statusCode"] == 500
    assert "password" not in answered["body"]
    assert '"InternalErrors": 1' in capsys.readouterr().out


@pytest.mark.parametrize("body", [None, "", "{}", " {} "])
def test_no_body_and_an_empty_one_are_taken(body: str | None) -> None:
    assert respond({"body": body}, lambda: LEFT)["statusCode"] == 200


@pytest.mark.parametrize("body", ['{"place":1}', "[]", "null", "{", "\ud800", "[" * 100_000])
def test_a_body_that_says_anything_is_refused(body: str) -> None:
    assert respond({"body": body}, lambda: LEFT)["statusCode"] == 400


def test_a_body_of_bytes_is_refused() -> None:
    asked = {"body": "e30=", "isBase64Encoded": True}
    assert respond(asked, lambda: LEFT)["statusCode"] == 400
