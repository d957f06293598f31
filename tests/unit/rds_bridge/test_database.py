from typing import Any

import pytest
from sqlalchemy import Engine, event, make_url

from rds_bridge_service.adapters.database import open_database


class Asked(Exception):
    """The driver would have connected with these arguments."""


def asked_for(engine: Engine) -> dict[str, Any]:
    """How the driver is asked to connect."""

    def refuse(_dialect: object, _record: object, _args: object, arguments: dict[str, Any]) -> None:
        raise Asked(arguments)

    event.listen(engine, "do_connect", refuse)
    with pytest.raises(Asked) as asked:
        engine.connect()
    arguments: dict[str, Any] = asked.value.args[0]
    return arguments


def test_sql_server_is_spoken_to_over_tls() -> None:
    engine = open_database(make_url("mssql+pymssql://user:secret@db.example.com/calcutta"))
    assert asked_for(engine)["encryption"] == "require"


def test_a_server_on_this_machine_needs_no_tls() -> None:
    engine = open_database(make_url("mssql+pymssql://user:secret@127.0.0.1/calcutta"))
    assert "encryption" not in asked_for(engine)


def test_a_connection_that_does_not_come_is_given_up_in_seconds() -> None:
    engine = open_database(make_url("mssql+pymssql://user:secret@db.example.com/calcutta"))
    assert asked_for(engine)["login_timeout"] == 5


def test_sql_server_is_sent_plain_inserts() -> None:
    engine = open_database(make_url("mssql+pymssql://user:secret@db.example.com/calcutta"))
    assert not engine.dialect.use_insertmanyvalues


def test_an_engine_does_not_show_its_password() -> None:
    engine = open_database(make_url("mssql+pymssql://user:secret@db.example.com/calcutta"))
    assert "secret" not in repr(engine)
