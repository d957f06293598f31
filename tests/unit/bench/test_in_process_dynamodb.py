"""The in-process DynamoDB answers as moto does, operation by operation, and keeps what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from bench.scene.dynamodb import DynamoDb
from bench.scene.table import Refusal, Table

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}
SEATS = "seats"
METHODS = {
    "PutItem": "put_item",
    "UpdateItem": "update_item",
    "DeleteItem": "delete_item",
    "GetItem": "get_item",
    "BatchGetItem": "batch_get_item",
    "Query": "query",
    "Scan": "scan",
    "TransactWriteItems": "transact_write_items",
}
Operation = tuple[str, dict[str, Any]]

keys = st.builds(
    lambda of, place: {"of": {"S": of}, "place": {"N": str(place)}},
    st.sampled_from("ab"),
    st.integers(1, 3),
)
counts = st.integers(-3, 12).map(lambda it: {"N": str(it)})
words = st.sampled_from(["", "waiting", "left"]).map(lambda it: {"S": it})
attributes = st.fixed_dictionaries(
    {"ends_ms": st.integers(1, 12).map(lambda it: {"N": str(it)})},
    optional={"turn": counts, "state": words, "early": st.booleans().map(lambda it: {"BOOL": it})},
)
conditions = st.sampled_from(
    [
        ("attribute_not_exists(place)", set()),
        ("attribute_exists(place) AND #turn < :n", {":n"}),
        ("#turn = :n OR #state IN (:word, :other)", {":n", ":word", ":other"}),
        ("NOT (#turn >= :n) AND attribute_not_exists(early)", {":n"}),
        ("(#turn > :n OR #turn <= :n) AND #state = :word", {":n", ":word"}),
    ]
)
updates = st.sampled_from(
    [
        ("SET #state = :to, early = :yes ADD #turn :one", {":to", ":yes", ":one"}),
        ("ADD #turn :one REMOVE early", {":one"}),
        ("SET ends_ms = :one", {":one"}),
        ("REMOVE #state, #turn", set()),
    ]
)


@st.composite
def writes(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from(["Put", "Update", "Delete"]))
    key = draw(keys)
    request: dict[str, Any] = {"TableName": SEATS}
    text, used = "", set[str]()
    if kind == "Put":
        request["Item"] = key | draw(attributes)
    else:
        request["Key"] = key
    if kind == "Update":
        text, named = draw(updates)
        request["UpdateExpression"] = text
        used |= named
    if draw(st.booleans()):
        condition, named = draw(conditions)
        request["ConditionExpression"] = condition
        text, used = text + condition, used | named
    values = {
        ":n": draw(counts),
        ":one": {"N": "1"},
        ":word": {"S": "waiting"},
        ":other": {"S": "left"},
        ":to": draw(words),
        ":yes": {"BOOL": True},
    }
    if used:
        request["ExpressionAttributeValues"] = {name: values[name] for name in sorted(used)}
    names = {f"#{name}": name for name in ("state", "turn") if f"#{name}" in text}
    if names:
        request["ExpressionAttributeNames"] = names
    return kind, request


@st.composite
def single_writes(draw: st.DrawFn) -> Operation:
    kind, request = draw(writes())
    shown = {"Put": ["NONE", "ALL_OLD"], "Delete": ["NONE", "ALL_OLD"], "Update": ["ALL_NEW"]}
    request["ReturnValues"] = draw(st.sampled_from(shown[kind]))
    if "ConditionExpression" in request:
        request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return f"{kind}Item", request


@st.composite
def transactions(draw: st.DrawFn) -> Operation:
    def key(write: tuple[str, dict[str, Any]]) -> tuple[str, str]:
        of = write[1].get("Key") or write[1]["Item"]
        return of["of"]["S"], of["place"]["N"]

    found = draw(st.lists(writes(), min_size=1, max_size=3, unique_by=key))
    return "TransactWriteItems", {"TransactItems": [{kind: of} for kind, of in found]}


@st.composite
def queries(draw: st.DrawFn) -> Operation:
    name, index = draw(st.sampled_from([("place", {}), ("ends_ms", {"IndexName": "by_end"})]))
    how = draw(st.sampled_from(["=", "<", "<=", ">", ">="]))
    condition, values = "#of = :of", {":of": {"S": "a"}}
    if draw(st.booleans()):
        condition, values = f"{condition} AND {name} {how} :n", values | {":n": {"N": "2"}}
    return "Query", {
        "TableName": SEATS,
        "KeyConditionExpression": condition,
        "ExpressionAttributeNames": {"#of": "of"},
        "ExpressionAttributeValues": values,
        "ScanIndexForward": draw(st.booleans()),
        "ConsistentRead": True,
        **index,
        **({"Limit": 2} if draw(st.booleans()) else {}),
    }


reads: st.SearchStrategy[Operation] = keys.map(
    lambda it: ("GetItem", {"TableName": SEATS, "Key": it})
)
operations = st.one_of(single_writes(), single_writes(), transactions(), reads, queries())


@pytest.fixture
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        yield boto3.client("dynamodb")


def table_of(client: Any) -> None:
    """A new table in moto, like the one below."""
    if SEATS in client.list_tables()["TableNames"]:
        client.delete_table(TableName=SEATS)
    kinds = {"of": "S", "place": "N", "ends_ms": "N"}
    hash_key = {"AttributeName": "of", "KeyType": "HASH"}
    client.create_table(
        TableName=SEATS,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": kind} for name, kind in kinds.items()
        ],
        KeySchema=[hash_key, {"AttributeName": "place", "KeyType": "RANGE"}],
        LocalSecondaryIndexes=[
            {
                "IndexName": "by_end",
                "KeySchema": [hash_key, {"AttributeName": "ends_ms", "KeyType": "RANGE"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )


def database() -> DynamoDb:
    return DynamoDb({SEATS: Table("of", "place", ("by_end", "ends_ms"), streamed=True)})


def said_by_moto(client: Any, operation: str, request: dict[str, Any]) -> object:
    try:
        return answer(getattr(client, METHODS[operation])(**request))
    except ClientError as error:
        return refusal(error.response["Error"]["Code"], error.response)


def said(ours: DynamoDb, operation: str, request: dict[str, Any]) -> object:
    try:
        return answer(ours.call(operation, request))
    except Refusal as error:
        return refusal(error.code, error.beside)


def answer(reply: dict[str, Any]) -> object:
    return {name: reply[name] for name in ("Item", "Items", "Attributes") if reply.get(name)}


def refusal(code: str, beside: dict[str, Any]) -> object:
    reasons = [it.get("Code") for it in beside.get("CancellationReasons", [])]
    return code, reasons, beside.get("Item")


def everything(reply: object) -> list[str]:
    assert isinstance(reply, dict)
    return sorted(repr(sorted(it.items())) for it in reply.get("Items", []))


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(operations, min_size=5, max_size=15))
def test_whatever_is_asked_it_answers_as_moto_does(moto: Any, asked: list[Operation]) -> None:
    table_of(moto)
    ours = database()
    for operation, request in asked:
        expected = said_by_moto(moto, operation, request)
        assert said(ours, operation, request) == expected, (operation, request)
    scan = {"TableName": SEATS}
    assert everything(said(ours, "Scan", scan)) == everything(said_by_moto(moto, "Scan", scan))


def put(ours: DynamoDb, **values: str) -> None:
    item = {"of": {"S": "a"}, "place": {"N": "1"}, **{k: {"S": v} for k, v in values.items()}}
    ours.call("PutItem", {"TableName": SEATS, "Item": item})


KEY = {"of": {"S": "a"}, "place": {"N": "1"}}


def test_what_was_read_cannot_change_what_is_kept() -> None:
    ours = database()
    put(ours, state="waiting")
    ours.call("GetItem", {"TableName": SEATS, "Key": KEY})["Item"]["state"]["S"] = "left"
    assert ours.call("GetItem", {"TableName": SEATS, "Key": KEY})["Item"]["state"]["S"] == "waiting"


def test_the_stream_has_each_change_once_and_none_that_changed_nothing() -> None:
    ours = database()
    for state in ("waiting", "waiting", "left"):
        put(ours, state=state)
    ours.call("DeleteItem", {"TableName": SEATS, "Key": KEY})
    records = [it.record() for shard in ours.tables[SEATS].shards for it in shard]
    assert [it["eventName"] for it in records] == ["INSERT", "MODIFY", "REMOVE"]
    images = [it["dynamodb"].get("NewImage", {}).get("state", {}).get("S") for it in records]
    assert images == ["waiting", "left", None]


def test_what_is_too_big_is_refused() -> None:
    with pytest.raises(Refusal, match="ValidationException"):
        put(database(), state="x" * 410_000)


@pytest.mark.parametrize(
    "request_",
    [
        {"ConditionExpression": "size(#s) = :n", "ExpressionAttributeNames": {"#s": "s"}},
        {"ConditionExpression": "a.b = :n"},
        {"ConditionExpression": "place = :n AND"},
        {"ConditionExpression": "attribute_exists(place)"},
        {"ConditionExpression": "place = :n", "ExpressionAttributeNames": {"#s": "s"}},
        {"ConditionExpression": "place = :other"},
        {"ConditionExpression": "place ? :n"},
    ],
)
def test_an_expression_that_is_left_out_or_wrong_is_refused(request_: dict[str, Any]) -> None:
    request = {"TableName": SEATS, "Item": KEY, "ExpressionAttributeValues": {":n": {"N": "1"}}}
    with pytest.raises(Refusal, match="ValidationException"):
        database().call("PutItem", request | request_)


def test_a_transaction_takes_an_item_once_and_a_hundred_writes() -> None:
    write = {"Put": {"TableName": SEATS, "Item": KEY}}
    for many in (2, 101):
        with pytest.raises(Refusal, match="ValidationException"):
            database().call("TransactWriteItems", {"TransactItems": [write] * many})
