from __future__ import annotations

import hashlib
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from docs.lobby_api.generate import DOCUMENT, document, render
from lobby_service.logic.permutation import place_of
from shared.lobby import LineStanding, Range, Serving
from tests.unit.architecture.sources import SERVICES


class Loader(yaml.SafeLoader):
    """Reads a template without minding CloudFormation's own tags."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def test_the_committed_document_is_what_the_messages_say_now() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == render(), (
        "run `python -m docs.lobby_api.generate` and commit what it writes"
    )


def test_the_document_is_valid_openapi_3_1() -> None:
    committed = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    assert [str(it) for it in OpenAPIV31SpecValidator(committed).iter_errors()] == []


def test_every_route_of_the_template_is_described_and_no_other() -> None:
    text = (SERVICES["lobby"] / "serverless.yml").read_text(encoding="utf-8")
    functions: dict[str, Any] = yaml.load(text, Loader)["functions"]
    routes = {
        (name, event["httpApi"]["method"], event["httpApi"]["path"])
        for name, it in functions.items()
        for event in it.get("events", ())
        if "httpApi" in event
    }
    described = {
        (operation["operationId"], method.upper(), path)
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
        if method != "parameters"
    }
    assert routes
    assert described == routes


@pytest.mark.parametrize(
    "answer",
    [
        LineStanding(state="left"),
        LineStanding("waiting", 3, True, 2, 1, Range(1_000, 5_000), joined_at_ms=5),
        LineStanding(state="admitted", ticket="t", ticket_expires_at_ms=5),
        Serving("open", 0, 1, "0" * 32, 5, 2, 3, Range(5, 10), 7, 6, 60_000),
        Serving("gathering", 0, 1, None, None, 0, 3, None, 7, 0, 60_000),
    ],
    ids=lambda it: type(it).__name__,
)
def test_an_answer_is_as_described(answer: LineStanding | Serving) -> None:
    schema = {
        "$ref": f"#/components/schemas/{type(answer).__name__}",
        "components": document()["components"],
    }
    validator = jsonschema.Draft202012Validator(schema)
    assert [it.message for it in validator.iter_errors(msgspec.to_builtins(answer))] == []


@pytest.mark.parametrize("early", [1, 2, 3, 10, 64, 65, 1000])
def test_who_follows_the_document_computes_the_same_places(early: int) -> None:
    """Written from the description, not from the code."""
    seed = "8f14e45fceea167a5a36dedd4bea2543"
    bits = 2
    while 2**bits < early:
        bits += 2
    half = bits // 2
    key = hashlib.sha256(seed.encode()).digest()

    def place(number: int) -> int:
        at: int = number - 1
        while True:
            left, right = divmod(at, 2**half)
            for r in range(10):
                digest = hashlib.sha256(key + bytes([r]) + right.to_bytes(16, "big")).digest()
                left, right = right, left ^ (int.from_bytes(digest, "big") % 2**half)
            at = left * 2**half + right
            if at < early:
                return int(at) + 1

    assert [place(it) for it in range(1, early + 1)] == [
        1 + place_of(it, early, seed) for it in range(early)
    ]
