"""What the services write into their log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from shared.logs import JsonFormatter, logger


@contextmanager
def logged() -> Iterator[list[str]]:
    """The lines that are logged in the block."""
    lines: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    collector = Collector()
    collector.setFormatter(JsonFormatter())
    log = logger()
    level = log.level
    log.addHandler(collector)
    log.setLevel("INFO")
    try:
        yield lines
    finally:
        log.setLevel(level)
        log.removeHandler(collector)
