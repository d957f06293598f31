"""Answers and errors as HTTP responses; the one map from errors to statuses."""

from __future__ import annotations

import base64
from typing import Any

import msgspec

from rds_bridge_service.logic.leagues.call import Answer, File
from shared.errors import (
    CalcuttaError,
    Conflict,
    ImportRefused,
    InvalidInput,
    MessageTooLong,
    NotAllowed,
    NotFound,
    Outdated,
    Refused,
    Unauthenticated,
    Unavailable,
    UnknownAction,
    VersionRequired,
)
from shared.leagues import Problem

STATUSES: dict[type[CalcuttaError], int] = {
    UnknownAction: 404,
    MessageTooLong: 413,
    VersionRequired: 428,
    ImportRefused: 422,
    InvalidInput: 400,
    Unauthenticated: 401,
    NotAllowed: 403,
    NotFound: 404,
    Outdated: 412,
    Conflict: 409,
    Refused: 409,
    Unavailable: 503,
    CalcuttaError: 500,
}
"""The first that an error is one of decides."""


def response(status: int, answer: Answer) -> dict[str, Any]:
    """The response of API Gateway's payload format 2.0."""
    headers = {"cache-control": "no-store"}
    if answer.version is not None:
        headers["etag"] = f'"{answer.version}"'
    if answer.location is not None:
        headers["location"] = answer.location
    if answer.body is None:
        return {"statusCode": 204, "headers": headers}
    if isinstance(answer.body, File):
        return _with_file(status, headers, answer.body)
    return _with_body(status, headers, answer.body, "application/json")


def refusal(error: CalcuttaError) -> dict[str, Any]:
    """The response to what was refused: problem details (RFC 9457)."""
    problem = problem_of(error)
    headers = {"cache-control": "no-store"}
    if problem.status == 503:
        headers["retry-after"] = "1"
    if problem.status == 401:
        headers["www-authenticate"] = "Bearer"
    return _with_body(problem.status, headers, problem, "application/problem+json")


def problem_of(error: CalcuttaError) -> Problem:
    """What a caller is told of an error."""
    code = error.refusal_code if isinstance(error, Refused) else error.code
    words = code.replace("_", " ")
    return Problem(
        type=f"urn:calcutta:problem:{code}",
        title=f"{words[0].upper()}{words[1:]}",
        status=next(status for kind, status in STATUSES.items() if isinstance(error, kind)),
        detail=error.message,
        code=code,
        field=error.field,
        problems=tuple(error.problems) if isinstance(error, ImportRefused) else (),
    )


def _with_body(
    status: int, headers: dict[str, str], body: msgspec.Struct, content_type: str
) -> dict[str, Any]:
    return {
        "statusCode": status,
        "headers": headers | {"content-type": content_type},
        "body": msgspec.json.encode(body).decode(),
    }


def _with_file(status: int, headers: dict[str, str], file: File) -> dict[str, Any]:
    disposition = f'attachment; filename="{file.name}"'
    about = {"content-type": file.content_type, "content-disposition": disposition}
    return {
        "statusCode": status,
        "headers": headers | about,
        "body": base64.b64encode(file.data).decode(),
        "isBase64Encoded": True,
    }
