import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.logs import (
    JsonFormatter,
    http_fields,
    log_fields,
    logger,
    logging_with,
    request_id,
    with_log_fields,
)


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


def test_within_its_fields_every_line_carries_them_whoever_writes_it() -> None:
    with log_fields(request_id="r-1", auction_id="a-1"), log_fields(seq=7):
        assert line().items() >= {"request_id": "r-1", "auction_id": "a-1", "seq": 7}.items()
        assert request_id() == "r-1"
    assert set(line()) == {"level", "message", "at_ms", "function"}
    assert request_id() is None


def test_fields_end_with_their_block_also_if_it_fails() -> None:
    with pytest.raises(RuntimeError), log_fields(request_id="r-1"):
        raise RuntimeError
    assert "request_id" not in line()


def test_a_field_that_is_not_known_is_left_out() -> None:
    with log_fields(request_id=None):
        assert "request_id" not in line()


def test_what_a_line_says_itself_goes_before_the_fields() -> None:
    with log_fields(seq=7):
        assert line(seq=8)["seq"] == 8


def test_the_fields_go_along_into_a_thread() -> None:
    with log_fields(request_id="r-1"), ThreadPoolExecutor(1) as pool:
        [found] = pool.map(with_log_fields(lambda seq: line(seq=seq)), [7])
        assert (found["request_id"], found["seq"]) == ("r-1", 7)
        [without] = pool.map(lambda seq: line(seq=seq), [7])
        assert "request_id" not in without


def test_a_handlers_lines_carry_what_its_event_says() -> None:
    @logging_with(http_fields)
    def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
        return line()

    claims = {"sub": "user-1", "email": "ada@example.com"}
    context = {"requestId": "r-1", "authorizer": {"jwt": {"claims": claims}}}
    found = handler({"requestContext": context, "body": "secret"}, None)
    assert (found["request_id"], found["user_id"]) == ("r-1", "user-1")
    assert "secret" not in str(found)
    assert "ada@example.com" not in str(found)
