"""Every function as AWS invokes it: an event in, JSON out, the database in the environment."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rds_bridge_service import wiring
from rds_bridge_service.handlers import (
    apply,
    find_member,
    import_league,
    list_events,
    list_sales,
    migrate,
    open_auction,
    preview_import,
)
from shared.logs import logger
from tests.integration.rds_bridge.league import request

SQS_FIFO = (Path(__file__).parent / "events" / "sqs_fifo.json").read_text()


@pytest.fixture(autouse=True)
def environment(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    wiring.container.cache_clear()
    yield
    wiring.container().engine.dispose()
    wiring.container.cache_clear()


def call(module: Any, **fields: Any) -> Any:
    """The function's answer, as its caller reads it from JSON."""
    answer = module.handler({"hops": 1, "request": fields}, None)
    return json.loads(json.dumps(answer))


@pytest.fixture
def auction_id() -> str:
    call(migrate)
    made = call(import_league, **msgspec.to_builtins(request()))
    return str(made["reply"]["auction_id"])


def test_the_schema_is_brought_in() -> None:
    assert call(migrate) == {"reply": {"revision": "0002"}}


def test_an_import_is_previewed_without_a_database() -> None:
    answer = call(preview_import, files=msgspec.to_builtins(request().files))
    assert (answer["reply"]["lots"], answer["reply"]["problems"]) == (3, [])


def test_a_refused_import_is_answered_with_its_problems() -> None:
    call(migrate)
    spoiled = msgspec.to_builtins(request()) | {"user_ids": {}}
    error = call(import_league, **spoiled)["error"]
    assert error["code"] == "import_refused"
    assert [problem["line"] for problem in error["problems"]] == [2, 3]


def test_an_auction_is_opened(auction_id: str) -> None:
    reply = call(open_auction, auction_id=auction_id)["reply"]
    assert (len(reply["lots"]), len(reply["members"])) == (3, 2)


def test_an_unknown_auction_is_not_found(auction_id: str) -> None:
    assert call(open_auction, auction_id="nowhere")["error"]["code"] == "not_found"


def test_a_member_is_found(auction_id: str) -> None:
    assert call(find_member, auction_id=auction_id, user_id="u2")["reply"]["number"] == 1


def test_a_request_with_an_unknown_field_is_refused(auction_id: str) -> None:
    answer = call(find_member, auction_id=auction_id, user_id="u2", password="x")
    assert answer["error"]["code"] == "invalid_message"


def test_a_batch_of_the_queue_is_in_the_database_afterwards(auction_id: str) -> None:
    batch = json.loads(SQS_FIFO.replace("AUCTION", auction_id))
    assert apply.handler(batch, None) == {"batchItemFailures": []}
    events = call(list_events, auction_id=auction_id)["reply"]
    assert [(it["seq"], it["event"]["type"]) for it in events["entries"]] == [
        (1, "bid_placed"),
        (2, "lot_sold"),
    ]
    [sale] = call(list_sales, auction_id=auction_id)["reply"]["sales"]
    assert (sale["lot_id"], sale["owner"], sale["price_cents"]) == ("L01", 1, 500)


def test_messages_that_were_not_applied_are_reported_and_logged(
    auction_id: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logger(), "propagate", True)
    batch = json.loads(SQS_FIFO)
    ids = [record["messageId"] for record in batch["Records"]]
    assert apply.handler(batch, None) == {
        "batchItemFailures": [{"itemIdentifier": message_id} for message_id in ids]
    }
    assert {vars(record)["message_id"] for record in caplog.records} == set(ids)


def test_a_database_that_is_not_ready_fails_the_whole_batch() -> None:
    with pytest.raises(Exception, match="auction"):  # each driver has its own error for it
        apply.handler(json.loads(SQS_FIFO), None)
