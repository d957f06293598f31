"""Structured logs: one JSON object a line, with what is needed to follow a request.

Within `log_fields` every line carries its fields, whoever writes it: the request id that a client
chose, the auction, the connection. `request_id` is handed on to whatever the request causes (calls,
workers, the event and its row in SQL).

User text, tickets and tokens never go into a log; ids and codes do.
"""

from __future__ import annotations

import functools
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}

_fields: ContextVar[dict[str, object]] = ContextVar("log_fields")

A = TypeVar("A")
T = TypeVar("T")


@contextmanager
def log_fields(**fields: object) -> Iterator[None]:
    """Let every line that is logged in the block carry these fields; those that are None do not."""
    known = {name: value for name, value in fields.items() if value is not None}
    token = _fields.set(_fields.get({}) | known)
    try:
        yield
    finally:
        _fields.reset(token)


Handler = Callable[[dict[str, Any], Any], T]


def logging_with(
    fields_of: Callable[[dict[str, Any]], Mapping[str, object]],
) -> Callable[[Handler[T]], Handler[T]]:
    """Decorates a handler all of whose lines carry what `fields_of` takes from its event."""

    def decorate(handler: Handler[T]) -> Handler[T]:
        @functools.wraps(handler)
        def logging_handler(event: dict[str, Any], context: Any) -> T:
            with log_fields(**fields_of(event)):
                return handler(event, context)

        return logging_handler

    return decorate


def http_fields(event: dict[str, Any]) -> dict[str, object]:
    """Whose HTTP request it is; its id is the one that API Gateway gave and logs."""
    context = event.get("requestContext", {})
    claims = context.get("authorizer", {}).get("jwt", {}).get("claims", {})
    return {"request_id": context.get("requestId"), "user_id": claims.get("sub")}


def request_id() -> str | None:
    """The request that is being served, if it has an id."""
    found = _fields.get({}).get("request_id")
    return found if isinstance(found, str) else None


def with_log_fields(call: Callable[[A], T]) -> Callable[[A], T]:
    """`call`, made to carry the fields of now into another thread."""
    fields = _fields.get({})

    def carrying(argument: A) -> T:
        with log_fields(**fields):
            return call(argument)

    return carrying


class JsonFormatter(logging.Formatter):
    """A record as one JSON object; what was given as `extra` becomes its fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "level": record.levelname,
            "message": record.getMessage(),
            "at_ms": int(record.created * 1000),
            "function": os.environ.get("AWS_LAMBDA_FUNCTION_NAME", ""),
        }
        line |= _fields.get({})
        line |= {k: v for k, v in vars(record).items() if k not in _STANDARD}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def logger() -> logging.Logger:
    """The service's logger; its lines go to standard error, once, as JSON."""
    log = logging.getLogger("calcutta")
    if not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter())
        log.addHandler(handler)
        log.setLevel(os.environ.get("LOG_LEVEL", "INFO"))
        log.propagate = False
    return log
