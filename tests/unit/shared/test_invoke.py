from __future__ import annotations

import io
import json
from typing import Any

import msgspec
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from shared.errors import (
    Busy,
    CalcuttaError,
    CalleeFailed,
    ImportProblem,
    ImportRefused,
    InvalidMessage,
    NotFound,
    TooManyHops,
)
from shared.invoke import answer, call
from shared.limits import MAX_INVOKE_HOPS
from shared.logs import log_fields, request_id


class Question(msgspec.Struct, forbid_unknown_fields=True):
    number: int


class Doubled(msgspec.Struct):
    number: int


def double(question: Question) -> Doubled:
    return Doubled(question.number * 2)


class Lambdas:
    """AWS Lambda with one function, `double` unless told otherwise."""

    def __init__(self, serve: Any = double) -> None:
        self.serve = serve
        self.payloads: list[dict[str, Any]] = []
        self.arns: list[str] = []

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        self.arns.append(FunctionName)
        self.payloads.append(json.loads(Payload))
        body = json.dumps(answer(self.payloads[-1], Question, self.serve)).encode()
        return {"StatusCode": 200, "Payload": io.BytesIO(body)}

    def raising(self, error: Exception) -> Lambdas:
        def fail(question: Question) -> Doubled:
            raise error

        self.serve = fail
        return self


class Saying:
    """AWS Lambda with a function that answers these bytes."""

    def __init__(self, body: bytes, **response: object) -> None:
        self.response = {"Payload": io.BytesIO(body), **response}

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        return self.response


class Broken:
    """AWS Lambda that cannot be reached."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        raise self.error


def ask(client: Any) -> Doubled:
    return call(client, "arn:double:live", Question(21), Doubled)


def test_a_call_returns_the_callees_typed_reply() -> None:
    lambdas = Lambdas()
    assert ask(lambdas) == Doubled(42)
    assert lambdas.arns == ["arn:double:live"]


def test_functions_that_call_each_other_without_end_are_stopped_at_the_fifth_hop() -> None:
    lambdas = Lambdas()
    lambdas.serve = lambda question: ask(lambdas)
    with pytest.raises(TooManyHops):
        ask(lambdas)
    assert [payload["hops"] for payload in lambdas.payloads] == [1, 2, 3, 4]


def test_calls_one_after_the_other_are_no_deeper_than_the_first() -> None:
    lambdas = Lambdas()
    for _ in range(MAX_INVOKE_HOPS + 1):
        ask(lambdas)
    assert {payload["hops"] for payload in lambdas.payloads} == {1}


def test_a_callee_refuses_the_fifth_hop_as_well() -> None:
    served: list[Question] = []

    def serve(question: Question) -> Question:
        served.append(question)
        return question

    reply = answer({"hops": 5, "request": {"number": 1}}, Question, serve)
    assert reply["error"]["code"] == "too_many_hops"
    assert served == []


@pytest.mark.parametrize("kind", [NotFound, InvalidMessage, TooManyHops])
def test_what_the_callee_says_of_the_request_reaches_the_caller(kind: type[CalcuttaError]) -> None:
    with pytest.raises(kind, match="no such auction"):
        ask(Lambdas().raising(kind("no such auction")))


def test_a_refused_import_reaches_the_caller_with_every_problem() -> None:
    problems = [ImportProblem("teams.csv", 3, "no seed")]
    with pytest.raises(ImportRefused) as caught:
        ask(Lambdas().raising(ImportRefused(problems)))
    assert caught.value.problems == problems


def test_any_other_error_of_the_callee_means_that_it_failed() -> None:
    with pytest.raises(CalleeFailed, match="too much to do"):
        ask(Lambdas().raising(Busy("too much to do")))


@pytest.mark.parametrize(
    "request_",
    [None, {}, {"number": "21"}, {"number": 1, "extra": 2}, [1], "21"],
)
def test_a_request_that_is_not_what_the_callee_offers_is_invalid(request_: object) -> None:
    reply = answer({"hops": 1, "request": request_}, Question, double)
    assert reply["error"]["code"] == "invalid_message"


def test_an_unexpected_exception_fails_the_invocation() -> None:
    def fail(question: Question) -> Doubled:
        raise RuntimeError("secret")

    with pytest.raises(RuntimeError):
        answer({"hops": 1, "request": {"number": 1}}, Question, fail)


def test_bad_data_found_while_serving_is_not_blamed_on_the_request() -> None:
    def read_a_bad_row(question: Question) -> Doubled:
        return msgspec.json.decode(b'{"number":"secret"}', type=Doubled)

    with pytest.raises(msgspec.ValidationError):
        answer({"hops": 1, "request": {"number": 1}}, Question, read_a_bad_row)


def test_of_a_failed_invocation_the_caller_learns_nothing_internal() -> None:
    body = b'{"errorMessage":"secret","errorType":"RuntimeError"}'
    with pytest.raises(CalleeFailed) as caught:
        ask(Saying(body, FunctionError="Unhandled"))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("body", [b"", b"null", b"{}", b"[]", b'{"reply":{}}', b'{"reply":5}'])
def test_an_answer_that_is_no_answer_means_that_the_callee_failed(body: bytes) -> None:
    with pytest.raises(CalleeFailed):
        ask(Saying(body))


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "TooManyRequestsException", "Message": "secret"}}, "Invoke"),
        ReadTimeoutError(endpoint_url="https://secret"),
    ],
)
def test_a_callee_that_cannot_be_reached_has_failed(error: Exception) -> None:
    with pytest.raises(CalleeFailed) as caught:
        ask(Broken(error))
    assert "secret" not in str(caught.value)


def test_the_request_id_goes_along_to_whoever_is_called() -> None:
    seen: list[str | None] = []

    def serve(question: Question) -> Doubled:
        seen.append(request_id())
        return double(question)

    with log_fields(request_id="r-1"):
        call(Lambdas(serve), "arn", Question(1), Doubled)
    call(Lambdas(serve), "arn", Question(1), Doubled)
    assert seen == ["r-1", None]


def test_a_callee_carries_the_request_id_only_while_it_serves() -> None:
    answer({"hops": 1, "request": {"number": 1}, "request_id": "r-1"}, Question, double)
    assert request_id() is None
