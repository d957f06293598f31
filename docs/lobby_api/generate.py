"""Writes `docs/lobby-api.openapi.yaml`, the description of the lobby's HTTP API, from the classes
in `shared.lobby`.

python -m docs.lobby_api.generate
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from docs.openapi import SCHEMAS, Section, described, reference
from docs.protocol.codes import error_codes
from docs.protocol.schemas import documented, summary_of
from docs.written import as_yaml
from shared.fields import Id
from shared.lobby import LineStanding, Range, Serving

DOCUMENT = Path(__file__).parents[1] / "lobby-api.openapi.yaml"
HEADER = "# Written by `python -m docs.lobby_api.generate` from `shared/lobby.py`.\n"
MESSAGES = (LineStanding, Serving, Range)

CODES = {
    400: ("invalid_message", "malformed_message"),
    404: ("not_found",),
    409: ("lobby_not_open",),
    410: ("lobby_closed",),
    503: ("busy", "callee_failed"),
}

ABOUT = """\
The line in front of a public auction. Ask for a ticket first (`POST /auctions/{id}/tickets`); a
refusal with the code `room_full` says that there is a line, and this is it.

Join once, and then read `serving`, every few seconds. Read your standing when you can have a
number: when `numbered_until_ms` is not before your `joined_at_ms`, and, that not all ask together,
after a random part of `waiting` / 2500 seconds since then. Your turn is `place - served` turns
away, and 1 is next. Read your standing again when `served` has come to your place: once you are
admitted it carries a ticket for the WebSocket, and the seat waits for `seat_claim_ms`. Each look
makes a new ticket, voids the one before, and closes the connection that the seat has.

Numbers and places begin with 1. The place of a late number is `early + number`; that of an early
one is a permutation that the seed decides, which anyone can recompute:

1. Let b be the least even number of bits, at least 2, with 2**b >= early; h = b / 2.
2. The key is SHA-256 of the seed as text.
3. Write i = number - 1 as two halves of h bits, left and right. For r = 0 … 9:
   left, right = right, left XOR f, where f is the last h bits of SHA-256 of the key, r as one byte,
   and right as 16 bytes, the most significant first.
4. Join the halves. While that is not below early, go on from step 3 with it. Then place = i + 1.

No body but an empty object is taken. A refusal has a stable `code`; 503 may be tried again.
"""


def document() -> Section:
    """The OpenAPI 3.1 document."""
    line = {"parameters": [_auction_id()]}
    standing = _operations()
    return described(
        "The line in front of a public auction",
        ABOUT,
        address="output `ApiUrl` of the lobby's stack",
        paths={path: line | operations for path, operations in standing.items()},
        components={"schemas": _schemas()},
    )


def render() -> str:
    """The document as YAML."""
    return HEADER + as_yaml(document())


def _operations() -> dict[str, Section]:
    queue = "/auctions/{id}/queue"
    serving = _operation("readServing", "What everybody may know; cached for a second.", Serving)
    return {
        queue: {
            "post": _operation(
                "joinLine", "Stand in line; once, however often.", LineStanding, 400, 409, 410, 503
            )
        },
        f"{queue}/me": {
            "get": _operation("readStanding", "Where you stand.", LineStanding, 410, 503),
            "delete": _operation("leaveLine", "Leave the line.", LineStanding),
        },
        f"{queue}/serving": {"get": serving | {"security": []}},
    }


def _operation(name: str, summary: str, gives: type[msgspec.Struct], *statuses: int) -> Section:
    content = {"application/json": {"schema": reference(gives.__name__)}}
    answers: Section = {"200": {"description": summary_of(gives), "content": content}}
    for status in sorted({404, *statuses}):
        codes = ", ".join(f"`{code}`" for code in CODES[status])
        problem = {"application/json": {"schema": reference("Problem")}}
        answers[str(status)] = {"description": f"Refused: {codes}.", "content": problem}
    return {"operationId": name, "summary": summary, "responses": answers}


def _auction_id() -> Section:
    return {"name": "id", "in": "path", "required": True, "schema": msgspec.json.schema(Id)}


def _schemas() -> Section:
    _, components = msgspec.json.schema_components(MESSAGES, ref_template=SCHEMAS)
    classes = {it.__name__: it for it in MESSAGES}
    schemas = {name: documented(classes[name], it) for name, it in components.items()}
    meanings = error_codes()
    known = [code for codes in CODES.values() for code in codes] + ["internal_error"]
    schemas["Problem"] = {
        "type": "object",
        "required": ["code", "message"],
        "properties": {
            "code": {"oneOf": [{"const": it, "description": meanings[it]} for it in known]},
            "message": {"type": "string", "description": "One sentence for a person."},
            "field": {"type": "string", "description": "The field that is wrong, if it is one."},
        },
    }
    return schemas


if __name__ == "__main__":
    DOCUMENT.write_text(render(), encoding="utf-8")
