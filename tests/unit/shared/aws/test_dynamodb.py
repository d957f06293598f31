"""Calls to DynamoDB, and to a DynamoDB that misbehaves."""

from __future__ import annotations

import pytest
from msgspec.json import decode
from msgspec.structs import replace

from chaos.proxy import Lost
from shared.aws import service
from shared.aws.dynamodb import DynamoDB, Table
from shared.aws.errors import ConditionFailed, ConnectionLost, Refused, TimedOut
from shared.aws.service import Patience
from tests.unit.shared.aws.aws_server import ACCESS, Answer, Server, closing_server, json, serving

QUICK = Patience(connect_s=1.0, answer_s=0.2, attempts=3)
FOUND = json(b'{"Item":{"id":{"S":"a"},"n":{"N":"5"}}}')
THROTTLED = json(b'{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException"}', 400)
BROKEN = json(b"<html>", 503)


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BACKOFF_S", 0.0)


def called(*answers: Answer, times: int = 1) -> Server:
    """A server that was asked for an item."""
    server = Server(*answers)
    with serving(server) as url:
        dynamodb = DynamoDB(replace(ACCESS, endpoint_url=url))
        for _ in range(times):
            dynamodb.call("GetItem", {"TableName": "t"}, QUICK)
    return server


def test_a_request_names_operation_and_table_and_is_signed_with_its_token() -> None:
    [request] = called(FOUND).requests
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert (request.method, request.path, request.body) == ("POST", "/", b'{"TableName":"t"}')
    assert headers["x-amz-target"] == "DynamoDB_20120810.GetItem"
    assert headers["x-amz-security-token"] == "token"
    assert "x-amz-security-token;x-amz-target" in headers["authorization"]


def test_an_item_has_plain_values() -> None:
    with serving(Server(FOUND)) as url:
        table = Table(DynamoDB(replace(ACCESS, endpoint_url=url)), "t")
        assert table.get({"id": "a"}) == {"id": "a", "n": 5}


def test_one_connection_serves_call_after_call() -> None:
    assert called(FOUND, times=3).connections == 1


def test_a_connection_that_was_closed_meanwhile_is_replaced_and_nothing_is_sent_twice() -> None:
    with closing_server(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") as (url, requests):
        dynamodb = DynamoDB(replace(ACCESS, endpoint_url=url))
        for _ in range(3):
            assert dynamodb.call("GetItem", {}, replace(QUICK, attempts=1)) == {}
    assert len(requests) == 3


def test_a_request_whose_connection_ends_is_sent_again() -> None:
    assert len(called(FOUND, Lost, FOUND, times=2).requests) == 3


@pytest.mark.parametrize("passing", [THROTTLED, BROKEN, Lost])
def test_what_passes_is_tried_again(passing: Answer) -> None:
    assert len(called(passing, passing, FOUND).requests) == 3


@pytest.mark.parametrize(
    ("answer", "code"), [(THROTTLED, "ThrottlingException"), (BROKEN, "Http503")]
)
def test_what_does_not_pass_in_time_is_raised(answer: Answer, code: str) -> None:
    with pytest.raises(Refused) as refused:
        called(answer)
    assert refused.value.code == code


def test_no_answer_is_raised_after_the_last_attempt() -> None:
    server = Server(Lost)
    with serving(server) as url, pytest.raises(ConnectionLost):
        DynamoDB(replace(ACCESS, endpoint_url=url)).call("GetItem", {}, QUICK)
    assert len(server.requests) == QUICK.attempts


def test_an_answer_that_does_not_come_is_not_awaited_for_ever() -> None:
    server = Server(Lost)
    server.answer = lambda _: server.hang()
    once = replace(QUICK, attempts=1)
    with pytest.raises(TimedOut), serving(server) as url:
        DynamoDB(replace(ACCESS, endpoint_url=url)).call("GetItem", {}, once)


def test_an_error_that_stays_is_not_tried_again() -> None:
    server = Server(json(b'{"__type":"x#ValidationException","message":"no"}', 400))
    with serving(server) as url, pytest.raises(Refused, match="ValidationException: no"):
        DynamoDB(replace(ACCESS, endpoint_url=url)).call("GetItem", {}, QUICK)
    assert len(server.requests) == 1


@pytest.mark.parametrize("item", [b"", b',"Item":{"n":{"N":"5"}}'])
def test_a_condition_that_failed_says_what_it_lost_to(item: bytes) -> None:
    body = b'{"__type":"x#ConditionalCheckFailedException","message":""%b}' % item
    with serving(Server(json(body, 400))) as url, pytest.raises(ConditionFailed) as lost:
        DynamoDB(replace(ACCESS, endpoint_url=url)).call("UpdateItem", {})
    assert lost.value.item == ({"n": {"N": "5"}} if item else None)


def test_a_query_goes_on_from_page_to_page_only_as_far_as_it_is_asked() -> None:
    first = json(b'{"Items":[{"n":{"N":"1"}}],"LastEvaluatedKey":{"n":{"N":"1"}}}')
    server = Server(first, json(b'{"Items":[{"n":{"N":"2"}}]}'))
    with serving(server) as url:
        rows = Table(DynamoDB(replace(ACCESS, endpoint_url=url)), "t").query("#a = :a", {"a": 1})
        assert next(rows) == {"n": 1}
        assert len(server.requests) == 1
        assert list(rows) == [{"n": 2}]
    assert b'"ExclusiveStartKey":{"n":{"N":"1"}}' in server.requests[1].body


def test_keys_that_a_batch_did_not_come_to_are_asked_for_again() -> None:
    left = json(
        b'{"Responses":{"t":[{"n":{"N":"1"}}]},'
        b'"UnprocessedKeys":{"t":{"Keys":[{"n":{"N":"2"}}],"ConsistentRead":true}}}'
    )
    server = Server(left, json(b'{"Responses":{"t":[{"n":{"N":"2"}}]},"UnprocessedKeys":{}}'))
    with serving(server) as url:
        table = Table(DynamoDB(replace(ACCESS, endpoint_url=url)), "t")
        assert list(table.get_some({"n": n} for n in (1, 2, 3))) == [{"n": 1}, {"n": 2}]
    asked = [decode(request.body)["RequestItems"]["t"]["Keys"] for request in server.requests]
    assert asked == [[{"n": {"N": "1"}}, {"n": {"N": "2"}}, {"n": {"N": "3"}}], [{"n": {"N": "2"}}]]


def test_a_batch_of_no_keys_asks_nothing() -> None:
    server = Server()
    with serving(server) as url:
        table = Table(DynamoDB(replace(ACCESS, endpoint_url=url)), "t")
        assert list(table.get_some([])) == []
    assert server.requests == []
