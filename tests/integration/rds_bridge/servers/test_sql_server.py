"""pymssql and what becomes of its errors, against a server that says what it is told to.

The driver is the real one, down to its packets, so what is tested is how it really raises.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from rds_bridge_service.adapters.database import open_database, reading, writing
from rds_bridge_service.adapters.faults import Fault, code_of, fault_of
from tests.databases.server import free_port
from tests.databases.tds import Answer, Count, Failure, Hang, HangUp, Rows, TdsServer

ASKED = "SELECT name FROM t"
DONE = Rows(("name",), (("done",),))


class Script:
    """Answers a statement with these, one each time, and the last for ever."""

    def __init__(self, *answers: Answer, of: str = ASKED) -> None:
        self.answers = list(answers)
        self.of = of

    def __call__(self, batch: str) -> Answer:
        if batch != self.of:
            return None
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


Serving = Callable[..., tuple[TdsServer, Engine]]


@pytest.fixture
def serving() -> Iterator[Serving]:
    """A server with these answers, and the bridge's engine on it."""
    opened: list[tuple[TdsServer, Engine]] = []

    def serve(*answers: Answer, of: str = ASKED) -> tuple[TdsServer, Engine]:
        server = TdsServer(Script(*answers, of=of) if answers else lambda _: None).__enter__()
        opened.append((server, open_database(make_url(server.url), statement_seconds=1)))
        return opened[-1]

    yield serve
    for server, engine in opened:
        engine.dispose()
        server.__exit__(None, None, None)


def ask(connection: Connection) -> object:
    return connection.execute(text(ASKED)).scalar_one()


def raised_by(engine: Engine) -> DBAPIError:
    with pytest.raises(DBAPIError) as raised, engine.begin() as connection:
        ask(connection)
    return raised.value


@pytest.mark.parametrize(
    ("number", "severity", "fault"),
    [(1205, 13, Fault.BUSY), (1222, 16, Fault.BUSY), (3960, 16, Fault.BUSY),
     (2601, 14, Fault.DUPLICATE), (2627, 14, Fault.DUPLICATE),
     (547, 16, Fault.REFUSED), (515, 16, Fault.REFUSED), (2628, 16, Fault.REFUSED),
     (8152, 16, Fault.REFUSED),
     (596, 21, Fault.LOST), (3906, 16, Fault.LOST), (6005, 14, Fault.LOST),
     (208, 16, Fault.UNKNOWN), (102, 15, Fault.UNKNOWN), (50000, 16, Fault.UNKNOWN)],
)  # fmt: skip
def test_an_error_of_the_server_is_known_by_its_number(
    serving: Serving, number: int, severity: int, fault: Fault
) -> None:
    _, engine = serving(Failure(number, severity))
    error = raised_by(engine)
    assert (fault_of(error), code_of(error)) == (fault, str(number))


@pytest.mark.parametrize(
    ("answer", "code"),
    [(HangUp(), "20017"), (HangUp(after=DONE), "20017"), (Hang(), "20047")],
    ids=["hangs up", "hangs up in a result", "hangs"],
)
def test_a_connection_that_breaks_is_lost_and_not_used_again(
    serving: Serving, answer: Answer, code: str
) -> None:
    server, engine = serving(answer, DONE)
    error = raised_by(engine)
    assert (fault_of(error), code_of(error)) == (Fault.LOST, code)
    assert error.connection_invalidated
    with engine.begin() as connection:
        assert ask(connection) == "done"
    assert len(server.logins) == 2


def test_a_server_that_is_no_longer_the_primary_is_left(serving: Serving) -> None:
    server, engine = serving(Failure(3906), DONE)
    assert raised_by(engine).connection_invalidated
    with engine.begin() as connection:
        assert ask(connection) == "done"
    assert len(server.logins) == 2


@pytest.mark.parametrize("answer", [HangUp(), HangUp(after=DONE), Failure(1205, 13)])
def test_what_is_read_is_read_again(serving: Serving, answer: Answer) -> None:
    _, engine = serving(answer, DONE)
    assert reading(engine, ask) == "done"


@pytest.mark.parametrize("number", [2627, 2601, 2628, 245, 50000])
def test_what_the_server_says_of_a_row_is_not_told(serving: Serving, number: int) -> None:
    _, engine = serving(Failure(number, text="The duplicate key value is (Sensitive)."))
    told = "".join(traceback.format_exception(raised_by(engine)))
    assert str(number) in told
    assert "Sensitive" not in told


@pytest.mark.parametrize("answer", [Failure(1205, 13), Failure(1222), HangUp(), Hang()])
def test_what_broke_in_the_commit_is_done_again(serving: Serving, answer: Answer) -> None:
    server, engine = serving(answer, Count(0), of="COMMIT TRANSACTION")
    writing(engine, lambda connection: connection.execute(text("UPDATE t SET a = 1")))
    assert server.batches.count("UPDATE t SET a = 1") == 2


def test_no_transaction_is_open_while_nothing_is_done(serving: Serving) -> None:
    """RDS Proxy lends a connection of the database for as long as one is."""
    server, engine = serving(DONE)
    engine.connect().close()
    server.batches.clear()
    reading(engine, ask)
    writing(engine, ask)
    assert [it.split()[0] for it in server.batches if it.endswith("TRANSACTION")] == [
        *["BEGIN", "COMMIT", "IF"],
        *["BEGIN", "COMMIT", "IF"],
    ]
    assert not [it for it in server.batches if it.endswith("TRAN")]


def test_a_transaction_that_the_server_has_ended_is_not_ended_again(serving: Serving) -> None:
    server, engine = serving(Failure(1205, 13))
    raised_by(engine)
    assert server.batches[-2:] == ["IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION"] * 2


def test_nothing_is_set_that_would_pin_a_connection_of_rds_proxy(serving: Serving) -> None:
    tracked = {
        *("ANSI_NULLS", "ANSI_PADDING", "ANSI_WARNINGS", "ARITHABORT"),
        *("CONCAT_NULL_YIELDS_NULL", "QUOTED_IDENTIFIER", "TEXTSIZE"),
    }
    server, engine = serving(DONE)
    reading(engine, ask)
    sets = [it for batch in server.batches for it in batch.split(";") if "SET " in it]
    assert {it.split()[1] for it in sets} == tracked


def test_a_server_that_is_not_microsofts_will_do() -> None:
    version = Rows(("",), (("Another that speaks T-SQL 4.0",),))
    with TdsServer(lambda it: version if "@@version" in it else None) as server:
        engine = open_database(make_url(server.url))
        reading(engine, lambda _: None)
        assert engine.dialect.server_version_info == (16, 0)
        engine.dispose()


def test_after_a_refused_login_a_server_that_is_away_is_still_lost(serving: Serving) -> None:
    """pymssql keeps the number 18456 for every later failure to connect, in the whole process."""
    server, _ = serving()
    for url, fault in (
        (make_url(server.url).set(password="wrong"), Fault.UNKNOWN),
        (make_url(server.url).set(port=free_port()), Fault.LOST),
        (make_url(server.url).set(password="wrong"), Fault.UNKNOWN),
    ):
        with pytest.raises(DBAPIError) as raised:
            open_database(url).connect()
        assert fault_of(raised.value) is fault


def test_text_goes_as_national_text(serving: Serving) -> None:
    server, engine = serving(DONE)
    naive = text("UPDATE t SET name = :name").bindparams(name="L\u00efga's \U0001f3c0")
    writing(engine, lambda connection: connection.execute(naive))
    assert "UPDATE t SET name = N'L\u00efga''s \U0001f3c0'" in server.batches
