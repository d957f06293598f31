"""Writes `docs/leagues-api.openapi.yaml`, the description of the leagues' HTTP API, from the table
of its operations and the classes in `shared`.

python -m docs.leagues_api.generate
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, get_args

import msgspec

from docs.openapi import SCHEMAS, Section, described, reference
from docs.protocol.codes import error_code_schema, error_codes
from docs.protocol.schemas import documented, summary_of
from docs.written import as_yaml
from rds_bridge_service.api.requests import PageSize
from rds_bridge_service.api.responses import STATUSES
from rds_bridge_service.logic.leagues.operation import AnyOperation, ForAnyone
from rds_bridge_service.logic.leagues.operations import OPERATIONS
from shared.fields import Id, MemberNumber, Role
from shared.leagues import Problem

DOCUMENT = Path(__file__).parents[1] / "leagues-api.openapi.yaml"
HEADER = "# Written by `python -m docs.leagues_api.generate` from the operations and messages.\n"
PROBLEM = "application/problem+json"
ROLES = get_args(Role)

ABOUT = """\
Leagues, their members, tournaments, lots, rules and results. What happens in the live auction goes
over a WebSocket, see `protocol/asyncapi.yaml`.

A league is there for its members and for nobody else: to others it is 404. `x-roles` says which
roles may do what; another member is told 403.

Amounts are integer cents. A league and a member carry an `ETag`. Whoever replaces something of
theirs, or deletes the league, names it in `If-Match`, and is refused with 412 if somebody else came
first, with 428 if none is named. Whoever removes a member or leaves may name it, and is refused
with 412 too. An invitation has no version, it is renewed or revoked whatever it was; where nothing
has one, `If-Match` is refused with 400.

What the API refuses is a problem document (RFC 9457) with a stable `code`; 503 may be tried again
as it is. If the change may be done already, the answer is 503 too. What is refused before it gets
to the API is no problem document: a missing or expired token (401), too many requests (429) and a
function that cannot be had (503) are answered with `{"message": "..."}`.

Changes of members, of budgets and of the rules for bids reach a running auction within seconds: a
member who was removed or has another role loses their connections, rules hold from the next lot on.
The field, the lots and what results pay are fixed once the auction has been opened.
"""


def document() -> Section:
    """The OpenAPI 3.1 document."""
    paths: Section = {}
    for operation in OPERATIONS:
        path = paths.setdefault(operation.path, _path(operation))
        path[operation.method.lower()] = _operation(operation)
    return described(
        "Leagues of live Calcutta auctions",
        ABOUT,
        address="output `LeaguesApiUrl` of the bridge's stack",
        paths=paths,
        components={"responses": {"Problem": _problem_response()}, "schemas": _schemas()},
    )


def render() -> str:
    """The document as YAML."""
    return HEADER + as_yaml(document())


def _path(operation: AnyOperation) -> Section:
    schemas = {"league_id": Id, "number": MemberNumber}
    names = re.findall(r"\{(\w+)\}", operation.path)
    if not names:
        return {}
    return {
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": msgspec.json.schema(schemas[name]),
            }
            for name in names
        ]
    }


def _operation(operation: AnyOperation) -> Section:
    summary, _, more = inspect.cleandoc(operation.does.__doc__ or "").partition("\n\n")
    about: Section = {"operationId": operation.name, "summary": " ".join(summary.split())}
    if more:
        about["description"] = " ".join(more.split())
    about["tags"] = [_tag(operation)]
    if not isinstance(operation, ForAnyone):
        about["x-roles"] = [role for role in ROLES if role in operation.roles]
    if parameters := _parameters(operation):
        about["parameters"] = parameters
    if operation.takes is not None:
        content = {"application/json": {"schema": reference(operation.takes.__name__)}}
        about["requestBody"] = {"required": True, "content": content}
    about["responses"] = {
        str(operation.status): _answer(operation),
        "default": {"$ref": "#/components/responses/Problem"},
    }
    return about


def _tag(operation: AnyOperation) -> str:
    return operation.does.__module__.rsplit(".", 1)[-1]


def _parameters(operation: AnyOperation) -> list[Section]:
    parameters: list[Section] = []
    if operation.versioned:
        about = "The ETag of what is changed, as it was read. Without it: 428."
        parameters.append(_parameter("If-Match", "header", {"type": "string"}, about, True))
    if operation.heeds_version:
        about = "The ETag of the member, if only as it was read is meant."
        parameters.append(_parameter("If-Match", "header", {"type": "string"}, about, False))
    if operation.keyed:
        about = "Chosen by the client; the same key again makes nothing anew."
        schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}
        parameters.append(_parameter("Idempotency-Key", "header", schema, about, True))
    if operation.paged:
        about = "`next_cursor` of the page before."
        parameters.append(_parameter("cursor", "query", {"type": "string"}, about, False))
        size = msgspec.json.schema(PageSize)
        about = "How many there are in a page at most."
        parameters.append(_parameter("limit", "query", size, about, False))
    return parameters


def _parameter(name: str, where: str, schema: Section, about: str, required: bool) -> Section:
    return {
        "name": name,
        "in": where,
        "required": required,
        "description": about,
        "schema": schema,
    }


def _answer(operation: AnyOperation) -> Section:
    if operation.exports is not None:
        file: Section = {operation.exports: {}}
        about = "How the file is to be called."
        header = {"Content-Disposition": {"description": about, "schema": {"type": "string"}}}
        return {"description": "A file.", "headers": header, "content": file}
    if operation.gives is None:
        return {"description": "It is done."}
    content = {"application/json": {"schema": reference(operation.gives.__name__)}}
    answer: Section = {"description": summary_of(operation.gives) or "It is done."}
    if _is_versioned(operation.path) or "version" in operation.gives.__struct_fields__:
        about = "What `If-Match` has to name to change this."
        answer["headers"] = {"ETag": {"description": about, "schema": {"type": "string"}}}
    return answer | {"content": content}


def _is_versioned(path: str) -> bool:
    return any(it.versioned for it in OPERATIONS if it.path == path)


def _problem_response() -> Section:
    statuses = sorted(set(STATUSES.values()))
    return {
        "description": f"Refused: {', '.join(map(str, statuses))}.",
        "content": {PROBLEM: {"schema": reference("Problem")}},
    }


def _schemas() -> Section:
    messages = {it for one in OPERATIONS for it in (one.takes, one.gives) if it} | {Problem}
    ordered = sorted(messages, key=lambda it: it.__name__)
    _, components = msgspec.json.schema_components(ordered, ref_template=SCHEMAS)
    classes = _classes()
    schemas = {name: documented(classes[name], it) for name, it in sorted(components.items())}
    schemas["Problem"]["properties"]["code"] = reference("ErrorCode")
    schemas["ErrorCode"] = error_code_schema(
        {code: why for code, why in error_codes().items() if code not in _OF_THE_AUCTION}
    )
    return schemas


_OF_THE_AUCTION = {
    "ticket_refused",
    "too_many_connections",
    "room_full",
    "lobby_not_open",
    "lobby_closed",
}


def _classes() -> dict[str, type[msgspec.Struct]]:
    """Every message by its name, however deep it is defined."""
    found: dict[str, type[msgspec.Struct]] = {}
    waiting: list[type[Any]] = [msgspec.Struct]
    while waiting:
        for it in waiting.pop().__subclasses__():
            waiting.append(it)
            if it.__module__.startswith("shared."):
                found[it.__name__] = it
    return found


if __name__ == "__main__":
    DOCUMENT.write_text(render(), encoding="utf-8")
