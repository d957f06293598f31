"""`calcutta sync status|list|show|redrive`, with a quarantine of two records."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from shared.bridge import EventsPage
from shared.quarantine import Quarantined, QuarantinePage, Redriven
from tests.unit.cli.fakes import FakeBridge, calcutta, fake_stage
from tests.unit.cli.test_compare import ENTRIES

OF_QUEUE = Quarantined("q1", "apply", "queue message 1", "not JSON", "a-1", 7, 1, None, "{")
STREAM_RECORD = {"dynamodb": {"NewImage": {"id": {"S": "a-1"}, "n": {"N": "8"}}}}
OF_STREAM = Quarantined(
    "q2", "relay", "stream record 2", "no event", "a-1", None, 2, None, json.dumps(STREAM_RECORD)
)


class Functions(FakeBridge):
    """The bridge, and beside it the relay.

    Args:
        applied: what redriving is answered, one after the other.
        relay: what the relay answers.
    """

    def __init__(self, *applied: Redriven, relay: dict[str, Any] | None = None) -> None:
        answers = iter(applied)
        super().__init__(
            ListQuarantine=lambda request: QuarantinePage(
                (replace(OF_QUEUE, payload=""), replace(OF_STREAM, payload="")), waiting=2
            ),
            ShowQuarantine=lambda request: {"q1": OF_QUEUE, "q2": OF_STREAM}[
                request["quarantine_id"]
            ],
            Redrive=lambda request: next(answers),
            ListEvents=lambda request: EventsPage(tuple(ENTRIES), more=False),
        )
        self.relayed: list[Any] = []
        self._relay = relay or {"batchItemFailures": []}

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        if FunctionName != "RelayEvents":
            return super().invoke(FunctionName=FunctionName, Payload=Payload)
        self.relayed += json.loads(Payload)["Records"]
        return {"Payload": io.BytesIO(json.dumps(self._relay).encode())}

    def redriven(self) -> list[dict[str, Any]]:
        """The requests that were made."""
        return [request for name, request in self.requests if name == "Redrive"]


class Queues:
    """SQS: one message on its way, another being applied; of what was given up nothing, unless
    `given_up` says more by queue."""

    def __init__(self, **given_up: int) -> None:
        self._given_up = given_up

    def get_queue_attributes(self, *, QueueUrl: str, AttributeNames: list[str]) -> dict[str, Any]:
        dead = str(self._given_up.get(QueueUrl.replace("-", "_"), 0))
        depths = ("1", "1") if QueueUrl == "apply" else (dead, "0")
        return {"Attributes": dict(zip(AttributeNames, depths, strict=True))}


class SevenRows:
    """DynamoDB: a ledger of seven events, in two pages."""

    def get_paginator(self, _: str) -> SevenRows:
        return self

    def paginate(self, **_: object) -> list[dict[str, int]]:
        return [{"Count": 4}, {"Count": 3}]


def run(functions: Functions, *arguments: str, queues: Queues | None = None) -> Any:
    stage = fake_stage(functions=functions, sqs=queues or Queues(), dynamodb=SevenRows())
    return calcutta("sync", *arguments, stage=stage)


def test_the_status_says_where_events_are() -> None:
    lines = run(Functions(), "status", "a-1").stdout.splitlines()
    assert lines == [
        "events: 7 in the ledger, 5 in the database",
        "queue: 1 waiting, 1 under way",
        "quarantine: 2; calcutta sync list says why",
        "dead letters: 0",
        "places the relay gave up: 0",
        "places followLeagues gave up: 0",
    ]


def test_the_status_says_what_to_do_about_what_was_given_up() -> None:
    queues = Queues(dead=3, relay_failures=1, follow_failures=2)
    lines = run(Functions(), "status", "a-1", queues=queues).stdout.splitlines()
    assert lines[3].startswith("dead letters: 3; calcutta sync redrive --dead-letters ")
    assert lines[4].startswith("places the relay gave up: 1; calcutta sync redrive --failures ")
    assert lines[5].startswith("places followLeagues gave up: 2; ")


def test_the_status_is_numbers_for_programs() -> None:
    queues = Queues(dead=3, relay_failures=1, follow_failures=2)
    said = json.loads(run(Functions(), "status", "a-1", "--json", queues=queues).stdout)
    assert said == {
        "in_ledger": 7,
        "in_database": 5,
        "queue": {"waiting": 1, "under_way": 1},
        "quarantine": 2,
        "dead_letters": 3,
        "relay_failures": 1,
        "follow_failures": 2,
    }


def test_what_was_set_aside_is_listed_with_its_reason() -> None:
    lines = run(Functions(), "list").stdout.splitlines()
    assert lines[1].split() == ["q1", "apply", "a-1", "7", "waits", "not", "JSON"]
    assert lines[-1] == "2 waiting in quarantine, 0 dead letters in all"


def test_a_record_is_shown_whole() -> None:
    lines = run(Functions(), "show", "q1").stdout.splitlines()
    assert lines == ["from: queue message 1", "why: not JSON", "{"]


def test_a_message_of_the_queue_is_applied_by_the_bridge() -> None:
    functions = Functions(Redriven(applied=True))
    result = run(functions, "redrive", "q1")
    assert (result.exit_code, result.stdout) == (0, "applied\n")
    assert functions.relayed == []


def test_a_repaired_payload_is_sent_along(tmp_path: Path) -> None:
    (tmp_path / "repaired.json").write_text("{}")
    functions = Functions(Redriven(applied=True))
    run(functions, "redrive", "q1", "--payload", str(tmp_path / "repaired.json"))
    assert functions.redriven()[0]["payload"] == "{}"


def test_what_still_cannot_be_applied_is_said_and_the_exit_is_1() -> None:
    result = run(Functions(Redriven(applied=False, reason="the lot is unknown")), "redrive", "q1")
    assert (result.exit_code, result.stdout) == (1, "not applied: the lot is unknown\n")


def test_a_record_of_the_stream_goes_through_the_relay_and_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("calcutta.sync.quarantine.POLL_S", 0.001)
    functions = Functions(Redriven(applied=False, reason="not yet"), Redriven(applied=True))
    assert run(functions, "redrive", "q2").exit_code == 0
    assert functions.relayed == [STREAM_RECORD]
    assert {(it["auction_id"], it["seq"]) for it in functions.redriven()} == {("a-1", 8)}


def test_a_relay_that_fails_is_a_problem() -> None:
    failed: dict[str, Any] = {"batchItemFailures": [{"itemIdentifier": "1"}]}
    result = run(Functions(relay=failed), "redrive", "q2")
    assert result.exit_code == 1
    assert "RelayEvents failed on what it was given" in result.stderr


def test_a_repaired_record_of_the_stream_has_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "repaired.json").write_text("[]")
    result = run(Functions(), "redrive", "q2", "--payload", str(tmp_path / "repaired.json"))
    assert "one JSON object" in result.stderr


@pytest.mark.parametrize("which", [[], ["q1", "--dead-letters"], ["--failures", "--dead-letters"]])
def test_what_to_redrive_is_said_once(which: list[str]) -> None:
    result = run(Functions(), "redrive", *which)
    assert result.exit_code == 2
    assert "--dead-letters" in result.stderr
