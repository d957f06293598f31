import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from shared.logs import JsonFormatter, logger


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """The service's logger as a new container finds it."""
    root = logging.getLogger("calcutta")
    handlers, propagate, level = root.handlers, root.propagate, root.level
    root.handlers, root.propagate = [], True
    yield root
    root.handlers, root.propagate = handlers, propagate
    root.setLevel(level)


def line(**extra: Any) -> dict[str, Any]:
    record = logging.LogRecord("calcutta", logging.INFO, "file", 1, "sold %s", ("L1",), None)
    vars(record).update(extra)
    found: dict[str, Any] = json.loads(JsonFormatter().format(record))
    return found


def test_a_line_is_one_json_object_with_level_message_and_time() -> None:
    found = line(created=1.5)
    assert (found["level"], found["message"], found["at_ms"]) == ("INFO", "sold L1", 1_500)


def test_a_line_names_its_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "placeBid")
    assert line()["function"] == "placeBid"


def test_extras_become_fields() -> None:
    found = line(auction_id="a", seq=7)
    assert (found["auction_id"], found["seq"]) == ("a", 7)


def test_without_extras_a_line_has_nothing_else() -> None:
    assert set(line()) == {"level", "message", "at_ms", "function"}


def test_what_json_does_not_know_is_written_as_text() -> None:
    assert line(path={1}.__class__)["path"] == "<class 'set'>"


def test_line_feeds_do_not_break_a_line() -> None:
    record = logging.LogRecord("calcutta", logging.INFO, "file", 1, "a\nb", (), None)
    assert "\n" not in JsonFormatter().format(record)


def test_an_exception_comes_with_its_traceback(
    log: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise RuntimeError("boom")
    except RuntimeError:
        logger().exception("failed", extra={"seq": 7})
    (written,) = capsys.readouterr().err.splitlines()
    found = json.loads(written)
    assert (found["level"], found["seq"]) == ("ERROR", 7)
    assert "RuntimeError: boom" in found["exception"]


def test_a_line_is_written_once_however_often_the_logger_is_asked_for(
    log: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logger()
    logger().warning("once")
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_level_comes_from_the_environment(
    log: logging.Logger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    logger().warning("quiet")
    assert capsys.readouterr().err == ""
