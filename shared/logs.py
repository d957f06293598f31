"""Structured logs: one JSON object a line, with what is needed to follow a request.

User text, tickets and tokens never go into a log; ids and codes do.
"""

from __future__ import annotations

import json
import logging
import os
from typing import Any

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonFormatter(logging.Formatter):
    """A record as one JSON object; what was given as `extra` becomes its fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "level": record.levelname,
            "message": record.getMessage(),
            "at_ms": int(record.created * 1000),
            "function": os.environ.get("AWS_LAMBDA_FUNCTION_NAME", ""),
        }
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
