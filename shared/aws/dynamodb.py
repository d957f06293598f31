"""DynamoDB: its operations as they are, and tables whose items are plain Python values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from shared.aws.access import Access
from shared.aws.errors import AwsError, ConditionFailed, Refused
from shared.aws.http11 import Response
from shared.aws.service import PATIENT, Patience, Service
from shared.aws.values import Item, plain_item, typed_item
from shared.tracing import traced_call

_CONDITION_FAILED = "ConditionalCheckFailedException"
_NAME = re.compile(r"#(\w+)")


class DynamoDB:
    """DynamoDB of the environment's region, over kept-alive connections that all tables share."""

    def __init__(self, access: Access) -> None:
        self._service = Service(access, "dynamodb")
        self._region = access.region

    def call(
        self, operation: str, request: Mapping[str, Any], patience: Patience = PATIENT
    ) -> dict[str, Any]:
        """Call an operation, with a request and a reply as DynamoDB documents them.

        Raises:
            ConditionFailed: with the item, if `ReturnValuesOnConditionCheckFailure` asked for it.
            Refused, Unanswered: what stays after `patience.attempts`.
        """
        headers = {
            "accept-encoding": "identity",
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": f"DynamoDB_20120810.{operation}",
        }
        body = msgspec.json.encode(request)
        about = {"operation": operation, "region": self._region}
        if "TableName" in request:
            about["table_name"] = request["TableName"]
        with traced_call("dynamodb", about):
            response = self._service.ask(
                "POST", "/", headers, body, patience=patience, error_of=_error_of
            )
        reply: dict[str, Any] = msgspec.json.decode(response.body)
        return reply

    def pages(
        self, operation: str, request: Mapping[str, Any], patience: Patience = PATIENT
    ) -> Iterator[Item]:
        """The items of a query or a scan, page by page, as they are asked for."""
        while True:
            page = self.call(operation, request, patience)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            request = {**request, "ExclusiveStartKey": page["LastEvaluatedKey"]}

    def batch(self, table: str, keys: Iterable[Item]) -> Iterator[Item]:
        """Those items of a table that have one of these keys, at most 100, read consistently and
        in no order."""
        wanted = list(keys)
        while wanted:  # each answer leaves fewer: one that came to none would be an error
            request = {"RequestItems": {table: {"Keys": wanted, "ConsistentRead": True}}}
            reply = self.call("BatchGetItem", request)
            yield from reply["Responses"].get(table, ())
            wanted = reply.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])


def _error_of(response: Response) -> AwsError | None:
    if response.status == 200:
        return None
    try:
        said = msgspec.json.decode(response.body)
        code = str(said["__type"]).rpartition("#")[2]
    except (msgspec.DecodeError, KeyError, TypeError):
        return Refused(response.status, f"Http{response.status}")
    message = str(said.get("message") or said.get("Message") or "")
    if code == _CONDITION_FAILED:
        return ConditionFailed(response.status, code, message, said.get("Item"))
    reasons = tuple(str(it.get("Code")) for it in said.get("CancellationReasons") or ())
    return Refused(response.status, code, message, reasons)


class Table:
    """One table, by its name.

    In expressions `#name` is the attribute `name`, and `:name` one of the `values`.
    """

    def __init__(self, dynamodb: DynamoDB, name: str) -> None:
        self._dynamodb = dynamodb
        self._name = name

    def get(self, key: Mapping[str, Any]) -> dict[str, Any] | None:
        """An item, read consistently."""
        found = self._call("GetItem", {"Key": typed_item(key), "ConsistentRead": True})
        return plain_item(found["Item"]) if "Item" in found else None

    def get_some(self, keys: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The items that there are of at most 100 keys, read consistently, in no order."""
        for item in self._dynamodb.batch(self._name, map(typed_item, keys)):
            yield plain_item(item)

    def put(
        self, item: Mapping[str, Any], condition: str = "", values: Mapping[str, Any] | None = None
    ) -> None:
        """Write a whole item. Raises ConditionFailed."""
        request = {"Item": typed_item(item)}
        self._call("PutItem", request | conditional(condition, values))

    def update(
        self, key: Mapping[str, Any], change: str, condition: str, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Change an item; what it is then. Raises ConditionFailed, with the item as it was."""
        request = self.update_of(key, change, condition, values)
        returning = {
            "ReturnValues": "ALL_NEW",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        return plain_item(self._dynamodb.call("UpdateItem", request | returning)["Attributes"])

    def update_of(
        self, key: Mapping[str, Any], change: str, condition: str, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The request of an update, as a transaction takes it."""
        return {
            "TableName": self._name,
            "Key": typed_item(key),
            "UpdateExpression": change,
            **conditional(condition, values, also=change),
        }

    def delete(
        self, key: Mapping[str, Any], condition: str = "", values: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Delete an item; what it was. Raises ConditionFailed."""
        request = {"Key": typed_item(key), "ReturnValues": "ALL_OLD"}
        reply = self._call("DeleteItem", request | conditional(condition, values))
        return plain_item(reply.get("Attributes", {}))

    def query(
        self, condition: str, values: Mapping[str, Any], **options: Any
    ) -> Iterator[dict[str, Any]]:
        """The items of one hash key, page by page, read consistently by default.

        Args:
            options: of the operation, as `Limit`, which is that of a page.
        """
        request = {
            "KeyConditionExpression": condition,
            "ConsistentRead": True,
            **_names(condition),
            "ExpressionAttributeValues": typed_item(_prefixed(values)),
            **options,
        }
        for item in self._dynamodb.pages("Query", {"TableName": self._name, **request}):
            yield plain_item(item)

    def _call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        return self._dynamodb.call(operation, {"TableName": self._name, **request})


def conditional(
    condition: str, values: Mapping[str, Any] | None = None, *, also: str = ""
) -> dict[str, Any]:
    """A condition as a request has it, with the names and values of both expressions."""
    request: dict[str, Any] = _names(f"{condition} {also}")
    if condition:
        request["ConditionExpression"] = condition
    if values:
        request["ExpressionAttributeValues"] = typed_item(_prefixed(values))
    return request


def _names(expression: str) -> dict[str, Any]:
    names = {f"#{name}": name for name in _NAME.findall(expression)}
    return {"ExpressionAttributeNames": names} if names else {}


def _prefixed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f":{name}": value for name, value in values.items()}
