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
    import_results,
    list_events,
    list_quarantine,
    list_sales,
    migrate,
    open_auction,
    preview_import,
    redrive,
    settle,
    show_quarantine,
)
from rds_bridge_service.logic.applying import EntryFailed
from shared.logs import logger
from tests.integration.rds_bridge.league import request
from tests.unit.rds_bridge.test_results_file import RESULTS

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
    assert call(migrate) == {"reply": {"revision": "0005"}}


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


def test_results_are_imported_and_the_auction_is_settled(auction_id: str) -> None:
    made = call(import_results, auction_id=auction_id, results_csv=RESULTS)
    assert made == {"reply": {"games": 4, "games_in_all": 4, "awards": 0}}
    reply = call(settle, auction_id=auction_id)["reply"]
    assert (reply["prize_pool_cents"], len(reply["standings"])) == (0, 2)
    assert reply["pending"] == ["the auction is not closed"]


def test_refused_results_are_answered_with_their_problems(auction_id: str) -> None:
    error = call(import_results, auction_id=auction_id, results_csv="round")["error"]
    assert (error["code"], error["problems"][0]["line"]) == ("import_refused", 1)


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


def test_messages_that_cannot_be_applied_are_set_aside_and_logged(
    auction_id: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logger(), "propagate", True)
    batch = json.loads(SQS_FIFO)
    assert apply.handler(batch, None) == {"batchItemFailures": []}
    rows = call(list_quarantine)["reply"]["rows"]
    assert [(it["auction_id"], it["seq"], it["reason"]) for it in rows] == [
        ("AUCTION", seq, "the auction is unknown") for seq in (1, 2)
    ]
    logged = {vars(record)["quarantine_id"] for record in caplog.records}
    assert logged == {it["quarantine_id"] for it in rows}


def test_messages_that_the_database_fails_on_come_again(
    auction_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise EntryFailed("who knows")

    monkeypatch.setattr(wiring.container().ledger, "append", fail)
    batch = json.loads(SQS_FIFO.replace("AUCTION", auction_id))
    assert apply.handler(batch, None) == {
        "batchItemFailures": [{"itemIdentifier": it["messageId"]} for it in batch["Records"]]
    }


def test_a_record_that_was_set_aside_is_shown_and_redriven(auction_id: str) -> None:
    apply.handler(json.loads(SQS_FIFO), None)
    first, _ = call(list_quarantine)["reply"]["rows"]
    shown = call(show_quarantine, quarantine_id=first["quarantine_id"])["reply"]
    assert json.loads(shown["payload"])["auction_id"] == "AUCTION"
    assert not call(redrive, quarantine_id=first["quarantine_id"])["reply"]["applied"]
    repaired = shown["payload"].replace("AUCTION", auction_id)
    redriven = call(redrive, quarantine_id=first["quarantine_id"], payload=repaired)
    assert redriven == {"reply": {"applied": True, "reason": ""}}
    assert call(list_quarantine)["reply"]["waiting"] == 1


def test_a_database_that_is_not_ready_fails_the_whole_batch() -> None:
    with pytest.raises(Exception, match="auction"):  # each driver has its own error for it
        apply.handler(json.loads(SQS_FIFO), None)
