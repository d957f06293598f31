"""What the lines went on without, as an operator sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from calcutta.stages import Stage
from calcutta.sync import queues
from tests.unit.cli.aws import client
from tests.unit.cli.fakes import SERVICES, FakeStacks, calcutta

QUEUES = {
    "SetAsideUrl": "aside",
    "WindowDeadLettersUrl": "dead-windows",
    "LineUpFailuresUrl": "dead-places",
}
ASIDE = {"origin": "record 7", "reason": "not a waiter: KeyError", "payload": '{"state":{}}'}


class Queues:
    """The lobby's queues that nobody reads but operators."""

    def __init__(self) -> None:
        self.sqs = client("sqs")
        self.urls = {
            output: self.sqs.create_queue(QueueName=name)["QueueUrl"]
            for output, name in QUEUES.items()
        }
        services = SERVICES | {"lobby": self.urls}
        clients = {"cloudformation": FakeStacks("local", services), "sqs": self.sqs}
        self.stage = Stage("local", lambda service: clients[service])

    def send(self, output: str, body: str) -> None:
        self.sqs.send_message(QueueUrl=self.urls[output], MessageBody=body)

    def said(self) -> dict[str, Any]:
        done = calcutta("lobby", "set-aside", "--json", stage=self.stage)
        assert done.exit_code == 0, done.output
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queues]:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setattr(queues, "WAIT_S", 0)
    with mock_aws():
        yield Queues()


def test_where_all_was_understood_there_is_nothing(here: Queues) -> None:
    assert here.said() == {"set_aside": [], "dead_windows": 0, "dead_places": 0}


def test_what_was_set_aside_is_shown_whole_and_stays(here: Queues) -> None:
    here.send("SetAsideUrl", json.dumps(ASIDE))
    for _ in range(2):
        assert here.said()["set_aside"] == [ASIDE]


def test_a_person_reads_where_it_came_from_and_why(here: Queues) -> None:
    here.send("SetAsideUrl", json.dumps(ASIDE))
    said = calcutta("lobby", "set-aside", stage=here.stage).stdout
    assert "record 7" in said
    assert "not a waiter: KeyError" in said
    assert "1 set aside" in said


def test_what_a_function_died_of_is_counted(here: Queues) -> None:
    here.send("WindowDeadLettersUrl", "{}")
    for _ in range(2):
        here.send("LineUpFailuresUrl", "{}")
    said = here.said()
    assert (said["dead_windows"], said["dead_places"]) == (1, 2)


def test_a_message_that_somebody_else_put_there_is_shown_as_it_is(here: Queues) -> None:
    here.send("SetAsideUrl", "hello")
    [found] = here.said()["set_aside"]
    assert (found["reason"], found["payload"]) == ("not from the lobby", "hello")
