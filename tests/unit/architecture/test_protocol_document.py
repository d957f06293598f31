import json
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import yaml

from docs.protocol.generate import DOCUMENT, document, render, tag_of
from shared import codec
from shared.commands import AnyCommand, PlaceBid
from shared.errors import CalcuttaError, RefusalCode
from shared.events import AnyEvent, BidPlaced
from shared.replies import AnyReply, EventReply, RefusedReply

ROOT = Path(__file__).parents[3]
ASYNCAPI = ROOT / "node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json"


@pytest.fixture(scope="module")
def committed() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    return loaded


def problems(instance: object, schema: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft7Validator(schema)
    return [f"{it.json_path}: {it.message}" for it in validator.iter_errors(instance)]


def message_problems(frame: bytes, name: str) -> list[str]:
    """What is wrong with a message by the schema that the document has for it."""
    components = document()["components"]
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    return problems(json.loads(frame), schema)


def with_subclasses(error: type[CalcuttaError]) -> set[type[CalcuttaError]]:
    return {error}.union(*(with_subclasses(it) for it in error.__subclasses__()))


def references(part: object) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if "$ref" in part else set()
        return own.union(*(references(it) for it in part.values()))
    if isinstance(part, list):
        return set().union(*(references(it) for it in part))
    return set()


def resolves(reference: str, whole: Any) -> bool:
    for step in reference.removeprefix("#/").split("/"):
        if step not in whole:
            return False
        whole = whole[step]
    return True


def test_the_committed_document_is_what_the_messages_say_now() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == render(), (
        "run `python -m docs.protocol.generate` and commit what it writes"
    )


def test_the_document_is_valid_asyncapi_3(committed: dict[str, Any]) -> None:
    assert problems(committed, json.loads(ASYNCAPI.read_text(encoding="utf-8"))) == []


def test_every_reference_in_the_document_leads_somewhere(committed: dict[str, Any]) -> None:
    found = references(committed)
    assert found
    assert {it for it in found if not resolves(it, committed)} == set()


@pytest.mark.parametrize("command", get_args(AnyCommand))
def test_a_command_is_received_and_answered_or_refused(
    command: type, committed: dict[str, Any]
) -> None:
    operation = committed["operations"][tag_of(command)]
    assert operation["action"] == "receive"
    answers = [it["$ref"].rsplit("/", 1)[-1] for it in operation["reply"]["messages"]]
    assert len(answers) == 2
    assert answers[1] == "refused"
    assert command.__name__ in committed["components"]["schemas"]


@pytest.mark.parametrize("reply", get_args(AnyReply))
def test_a_reply_is_an_answer_or_a_broadcast(reply: type, committed: dict[str, Any]) -> None:
    sent = references(committed["operations"])
    assert f"#/channels/auction/messages/{tag_of(reply)}" in sent
    assert reply.__name__ in committed["components"]["schemas"]


@pytest.mark.parametrize("event", get_args(AnyEvent))
def test_an_event_is_among_those_that_are_broadcast(event: type, committed: dict[str, Any]) -> None:
    schemas = committed["components"]["schemas"]
    kinds = [it["$ref"] for it in schemas["EventReply"]["properties"]["event"]["anyOf"]]
    assert f"#/components/schemas/{event.__name__}" in kinds
    assert schemas[event.__name__]["properties"]["type"] == {"enum": [tag_of(event)]}


def test_every_code_of_a_refusal_is_described(committed: dict[str, Any]) -> None:
    codes = committed["components"]["schemas"]["ErrorCode"]["oneOf"]
    raised = {it.code for it in with_subclasses(CalcuttaError)}
    assert {it["const"] for it in codes} == raised | set(get_args(RefusalCode))
    assert all(it["description"] for it in codes)


def test_what_the_codec_writes_fits_the_document() -> None:
    bid = PlaceBid(request_id="r-1", lot_id="lot-1", amount_cents=500)
    assert message_problems(codec.encode(bid), "PlaceBid") == []
    placed = BidPlaced(
        at_ms=1, lot_id="lot-1", bidder=3, amount_cents=500, minimum_cents=600, extended_to_ms=2
    )
    broadcast = EventReply(auction_id="a-1", seq=7, event=placed)
    assert message_problems(codec.encode(broadcast), "EventReply") == []


def test_a_bid_of_nothing_does_not_fit_the_document() -> None:
    frame = b'{"action": "placeBid", "request_id": "r-1", "lot_id": "lot-1", "amount_cents": 0}'
    assert message_problems(frame, "PlaceBid") == [
        "$.amount_cents: 0 is less than the minimum of 1"
    ]


def test_a_refusal_with_an_unknown_code_does_not_fit_the_document() -> None:
    refused = codec.encode(RefusedReply(code="bad_luck", message="No."))
    assert len(message_problems(refused, "RefusedReply")) == 1
