"""Is an answer one that a hostile caller may get?"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from chaos.hostile.attack import Attack
from chaos.hostile.target import SECRET

MAX_ANSWER = 400
"""Characters of an answer; a refusal never repeats what was sent."""

INTERNALS = re.compile(
    rf"{SECRET}|Traceback|File \"|\.py\b|botocore|boto3|dynamo|pynamo|msgspec|moto|sqlalchemy"
    r"|websocket_service|site-packages|arn:|amazonaws|Exception|\w+Error\b|0x[0-9a-f]{6}",
    re.IGNORECASE,
)


class Answered(msgspec.Struct, frozen=True):
    """Attributes:
    code: what the attack was answered with, as `Attack.codes` says it.
    wrong: why it should not have been, if so.
    """

    code: str
    wrong: str | None = None


def judge(attack: Attack, reply: Any) -> Answered:
    match attack.function:
        case "authorize_connect":
            code, said = reply["policyDocument"]["Statement"][0]["Effect"], reply["context"]
        case "connect":
            code, said = str(reply["statusCode"]), reply.get("body", "")
        case "issue_ticket":
            code, said = str(reply["statusCode"]), reply["body"]
        case "serve_leagues":
            code, said = _status_of_problem(reply), reply.get("body", "")
        case _:
            code, said = _code_of_frame(attack, reply), reply["body"]
    text = said if isinstance(said, str) else json.dumps(said)
    if code not in attack.codes:
        return Answered(code, f"answered {code}: {text[:200]}")
    if leak := INTERNALS.search(text.replace("internal_error", "")):
        return Answered(code, f"leaks {leak[0]!r}: {text[:200]}")
    if len(text) > MAX_ANSWER:
        return Answered(code, f"answers with {len(text)} characters")
    return Answered(code)


def _status_of_problem(reply: dict[str, Any]) -> str:
    """The status, if what goes with it is a problem with a code."""
    if reply["headers"].get("content-type") != "application/problem+json":
        return f"{reply['statusCode']} and no problem"
    problem = json.loads(reply["body"])
    if problem["status"] != reply["statusCode"] or problem["code"] == "internal_error":
        return f"{reply['statusCode']} {problem['code']}"
    return str(reply["statusCode"])


def _code_of_frame(attack: Attack, reply: dict[str, Any]) -> str:
    body = json.loads(reply["body"])
    sent = attack.event["body"] or ""
    if reply["statusCode"] != 200 or body["type"] != "refused":
        return f"{reply['statusCode']} {body['type']}"
    echoed = body.get("request_id")
    if echoed is not None and f'"{echoed}"' not in sent:
        return "a request id that was not sent"
    return str(body["code"])
